//! What is run: a line in the head, and the dialog that changes it.

use super::format::{address, grouped};
use super::words::{Words, use_words};
use crate::browser::files;
use crate::player::{Action, Origin, RINGS, Source, TEACHING_RINGS, Workload, ready};
use crate::widgets::{Button, Choice, Dialog, Icon, Picture, Select, when_some};
use nicscope_core::machine::Driver;
use nicscope_core::scenario::{CaptureError, LIBRARY, SHIPPED, Setup};
use nicscope_core::view::driver_name;
use std::rc::Rc;
use yew::prelude::*;

/// What is wrong with a capture, and where.
#[must_use]
pub fn capture_error(words: &Words, name: &str, error: &CaptureError) -> AttrValue {
    let file = ("file", name.into());
    match error {
        CaptureError::NotACapture => words.fill("error-not-a-capture", [file]),
        CaptureError::NotEthernet { link_type } => {
            words.fill("error-not-ethernet", [file, ("type", link_type.to_string().into())])
        }
        CaptureError::CutShort { frame, offset } => {
            words.fill("error-cut-short", [file, frame_at(*frame), byte(*offset)])
        }
        CaptureError::BadRecord { frame, offset } => {
            words.fill("error-bad-record", [file, frame_at(*frame), byte(*offset)])
        }
        CaptureError::NothingReceived => words.fill("error-nothing-received", [file]),
        CaptureError::TooMany { limit } => {
            words.fill("error-too-many", [file, ("limit", grouped((*limit).into()).into())])
        }
    }
}

fn frame_at<'a>(frame: u32) -> (&'static str, crate::text::Value<'a>) {
    ("frame", grouped(frame.into()).into())
}

fn byte<'a>(offset: u64) -> (&'static str, crate::text::Value<'a>) {
    ("offset", grouped(offset).into())
}

/// Properties of [`Summary`].
#[derive(Clone, PartialEq, Properties)]
pub struct SummaryProps {
    /// What runs.
    pub workload: Rc<Workload>,
    /// Frames in all.
    pub frames: u32,
    /// The ring's size.
    pub ring: Option<u16>,
    /// It shall be changed.
    pub onopen: Callback<()>,
}

/// What runs, on a button that opens the dialog.
#[component]
pub fn Summary(props: &SummaryProps) -> Html {
    let words = use_words();
    let source = match &props.workload.source {
        Source::Capture(capture) => AttrValue::from(capture.name.clone()),
        Source::Ready(name) => words.say(&format!("ready-{name}")),
    };
    let host = match &props.workload.source {
        Source::Capture(capture) => Some(address(capture.host)),
        Source::Ready(_) => None,
    };
    let frames = words.fill("summary-frames", [("frames", props.frames.into())]);
    html! {
        <Button testid="workload" class="summary" title={words.say("workload-change")}
            onclick={props.onopen.clone()}>
            <Icon picture={Picture::Sliders} />
            <b class="unseen">{ words.say("workload-change") }</b>
            <span class="source-name">{ source }</span>
            <span class="detail">{ frames }</span>
            if let Some(host) = host {
                <span class="detail">{ format!("→ {host}") }</span>
            }
            <span class="detail mono">{ driver_name(props.workload.setup.driver()) }</span>
            if let Some(ring) = props.ring {
                <span class="detail mono">{ format!("rx {ring}") }</span>
            }
        </Button>
    }
}

/// Properties of [`WorkloadDialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct WorkloadDialogProps {
    /// What runs.
    pub workload: Rc<Workload>,
    /// Where to send what is asked.
    pub send: Callback<Action>,
    /// A file was chosen.
    pub onfile: Callback<files::Loaded>,
    /// A capture that the page brings was chosen.
    pub onshipped: Callback<&'static str>,
    /// It was closed.
    pub onclose: Callback<()>,
}

/// Frames from a file or from a ready scenario; host, driver and ring.
#[component]
pub fn WorkloadDialog(props: &WorkloadDialogProps) -> Html {
    let words = use_words();
    html! {
        <Dialog testid="workload-dialog" title={words.say("workload-title")}
            close={words.say("close")} onclose={props.onclose.clone()}>
            { file(&words, props) }
            { scenarios(&words, props) }
            { machine(&words, props) }
        </Dialog>
    }
}

/// Sends the run changed by `change`.
fn changed<T: 'static>(
    props: &WorkloadDialogProps,
    change: impl Fn(&mut Workload, T) -> Option<()> + 'static,
) -> Callback<T> {
    let workload = Rc::clone(&props.workload);
    when_some(&props.send, move |value: T| {
        let mut workload = (*workload).clone();
        change(&mut workload, value)?;
        Some(Action::Open(workload))
    })
}

fn file(words: &Words, props: &WorkloadDialogProps) -> Html {
    let onfile = props.onfile.clone();
    let onchange = Callback::from(move |event: Event| files::chosen(&event, onfile.clone()));
    let hosts = match &props.workload.source {
        Source::Capture(capture) => {
            let choices: Vec<Choice> = capture
                .hosts
                .iter()
                .map(|host| Choice {
                    value: address(host.address).into(),
                    label: words.fill(
                        "host-choice",
                        [("address", address(host.address).into()), ("frames", host.frames.into())],
                    ),
                })
                .collect();
            let onchange = changed(props, |workload, chosen: String| {
                let Source::Capture(capture) = &mut workload.source else {
                    return None;
                };
                let host = capture.hosts.iter().find(|host| address(host.address) == chosen)?;
                capture.host = host.address;
                Some(())
            });
            Some(html! {
                <Select label={words.say("host-label")} testid="host" {choices}
                    chosen={address(capture.host)} {onchange} />
            })
        }
        Source::Ready(_) => None,
    };
    html! {
        <section>
            <h3>{ words.say("file-title") }</h3>
            <p>{ words.say("file-advice") }</p>
            <label class="file button">
                <Icon picture={Picture::File} />
                <span>{ words.say("file-choose") }</span>
                <input type="file" accept=".pcap,.pcapng,.cap,.dmp" data-testid="file" {onchange} />
            </label>
            <p>{ words.say("shipped-advice") }</p>
            <ul class="readies">{ for shipped(words, props) }</ul>
            { hosts }
        </section>
    }
}

/// The captures that the page brings.
fn shipped(words: &Words, props: &WorkloadDialogProps) -> impl Iterator<Item = Html> {
    SHIPPED.iter().map(|name| {
        let current = matches!(&props.workload.source, Source::Capture(capture)
            if capture.origin == Origin::Shipped(name));
        let onclick = props.onshipped.reform(move |()| *name);
        let about = words.say(&format!("shipped-{}", name.trim_end_matches(".pcap")));
        html! {
            <li key={*name}>
                <Button testid="shipped" class="ready" {current} {onclick}>
                    <b data-name={*name}>{ *name }</b>
                    <span>{ about }</span>
                </Button>
            </li>
        }
    })
}

fn scenarios(words: &Words, props: &WorkloadDialogProps) -> Html {
    let items = LIBRARY.iter().map(|name| {
        let onclick = changed(props, move |workload, ()| {
            workload.source = ready(name)?;
            workload.setup = Setup::of(workload.setup.driver());
            Some(())
        });
        let current = props.workload.source == Source::Ready(name);
        html! {
            <li key={*name}>
                <Button testid="ready" class="ready" {current} {onclick}>
                    <b data-name={*name}>{ words.say(&format!("ready-{name}")) }</b>
                    <span>{ words.say(&format!("ready-{name}.about")) }</span>
                </Button>
            </li>
        }
    });
    html! {
        <section>
            <h3>{ words.say("ready-title") }</h3>
            <ul class="readies">{ for items }</ul>
        </section>
    }
}

fn machine(words: &Words, props: &WorkloadDialogProps) -> Html {
    let drivers = [Driver::Ice, Driver::Igb].map(|driver| Choice {
        value: driver_name(driver).into(),
        label: words.say(&format!("driver-{}", driver_name(driver))),
    });
    let ondriver = changed(props, |workload, chosen: String| {
        let drivers = [Driver::Ice, Driver::Igb];
        let chosen = drivers.into_iter().find(|driver| driver_name(*driver) == chosen)?;
        workload.setup.set_driver(chosen);
        Some(())
    });
    let own = Choice { value: "".into(), label: words.say("ring-own") };
    let rings = RINGS.map(|size| Choice {
        value: size.to_string().into(),
        label: if TEACHING_RINGS.contains(&size) {
            words.fill("ring-teaching", [("size", size.to_string().into())])
        } else {
            size.to_string().into()
        },
    });
    let onring = changed(props, |workload, chosen: String| {
        if chosen.is_empty() {
            workload.setup.leave("rx_ring");
            return Some(());
        }
        workload.setup.choose("rx_ring", &chosen).ok()
    });
    // What no control of this dialog sets came with a link; it is said, so that nothing is hidden.
    let others = props.workload.setup.chosen().filter(|(key, _)| *key != "rx_ring");
    let others: Vec<String> = others.map(|(key, value)| format!("{key}={value}")).collect();
    html! {
        <section class="machine">
            <h3>{ words.say("machine-title") }</h3>
            <Select label={words.say("driver-label")} testid="driver" choices={drivers.to_vec()}
                chosen={driver_name(props.workload.setup.driver())} onchange={ondriver} />
            <Select label={words.say("ring-label")} testid="ring"
                choices={[own].into_iter().chain(rings).collect::<Vec<_>>()}
                chosen={props.workload.setup.value("rx_ring").unwrap_or_default().to_owned()}
                onchange={onring} />
            <p class="note">{ words.say("ring-note") }</p>
            if !others.is_empty() {
                <p class="note">
                    { words.say("link-settings") }{ " " }
                    <code data-testid="link-settings">{ others.join(" ") }</code>
                </p>
            }
        </section>
    }
}
