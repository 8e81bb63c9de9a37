//! What is run: a line in the head, and the dialog that changes it.

use super::format::{address, grouped};
use super::words::{Words, use_words};
use crate::browser::files;
use crate::player::{Action, Origin, RINGS, Source, TEACHING_RINGS, Workload, ready};
use crate::widgets::{
    Button, Choice, Choices, Dialog, Hook, HookContext, Part, Picture, part, when_some,
};
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

fn frame_at<'a>(frame: u32) -> (&'static str, nicscope_text::Value<'a>) {
    ("frame", grouped(frame.into()).into())
}

fn byte<'a>(offset: u64) -> (&'static str, nicscope_text::Value<'a>) {
    ("offset", grouped(offset).into())
}

/// What runs, on a button that opens the dialog.
#[derive(PartialEq)]
pub struct Summary {
    /// What runs.
    pub workload: Rc<Workload>,
    /// Frames in all.
    pub frames: u32,
    /// The ring's size.
    pub ring: Option<u16>,
    /// It shall be changed.
    pub onopen: Callback<()>,
}

impl Part for Summary {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        let source = match &self.workload.source {
            Source::Capture(capture) => AttrValue::from(capture.name.clone()),
            Source::Ready(name) => words.say(&format!("ready-{name}")),
        };
        let host = match &self.workload.source {
            Source::Capture(capture) => Some(address(capture.host)),
            Source::Ready(_) => None,
        };
        let frames = words.fill("summary-frames", [("frames", self.frames.into())]);
        let content = html! {
            <>
                { Picture::Sliders.draw() }
                <b class="unseen">{ words.say("workload-change") }</b>
                <span class="source-name">{ source }</span>
                <span class="detail">{ frames }</span>
                if let Some(host) = host {
                    <span class="detail">{ format!("→ {host}") }</span>
                }
                <span class="detail mono">{ driver_name(self.workload.setup.driver()) }</span>
                if let Some(ring) = self.ring {
                    <span class="detail mono">{ format!("rx {ring}") }</span>
                }
            </>
        };
        Button {
            class: "summary",
            title: Some(words.say("workload-change")),
            ..Button::new("workload", self.onopen.clone(), content)
        }
        .draw()
    }
}

/// Frames from a file or from a ready scenario; host, driver and ring.
#[derive(PartialEq)]
pub struct WorkloadDialog {
    /// What runs.
    pub workload: Rc<Workload>,
    /// Where to send what is asked.
    pub send: Callback<Action>,
    /// A file was chosen.
    pub onfile: Callback<Vec<files::Loaded>>,
    /// A capture that the page brings was chosen.
    pub onshipped: Callback<&'static str>,
    /// It was closed.
    pub onclose: Callback<()>,
}

impl Part for WorkloadDialog {
    fn draw(&self, hooks: &mut HookContext) -> Html {
        let words = use_words().run(hooks);
        part(Dialog {
            testid: "workload-dialog",
            title: words.say("workload-title"),
            close: words.say("close"),
            onclose: self.onclose.clone(),
            content: html! {
                <>
                    { file(&words, self) }
                    { scenarios(&words, self) }
                    { machine(&words, self) }
                </>
            },
        })
    }
}

/// Sends the run changed by `change`.
fn changed<T: 'static>(
    of: &WorkloadDialog,
    change: impl Fn(&mut Workload, T) -> Option<()> + 'static,
) -> Callback<T> {
    let workload = Rc::clone(&of.workload);
    when_some(&of.send, move |value: T| {
        let mut workload = (*workload).clone();
        change(&mut workload, value)?;
        Some(Action::Open(workload))
    })
}

fn file(words: &Words, of: &WorkloadDialog) -> Html {
    let onfile = of.onfile.clone();
    let onchange = Callback::from(move |event: Event| files::chosen(&event, onfile.clone()));
    let hosts = match &of.workload.source {
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
            let onchange = changed(of, |workload, chosen: String| {
                let Source::Capture(capture) = &mut workload.source else {
                    return None;
                };
                let host = capture.hosts.iter().find(|host| address(host.address) == chosen)?;
                capture.host = host.address;
                Some(())
            });
            let (label, chosen) = (words.say("host-label"), address(capture.host).into());
            Some(Choices { label, testid: "host", choices, chosen, onchange }.list())
        }
        Source::Ready(_) => None,
    };
    html! {
        <section>
            <h3>{ words.say("file-title") }</h3>
            <p>{ words.say("file-advice") }</p>
            <label class="file button">
                { Picture::File.draw() }
                <span>{ words.say("file-choose") }</span>
                <input type="file" accept=".pcap,.pcapng,.cap,.dmp" data-testid="file" {onchange} />
            </label>
            <p>{ words.say("shipped-advice") }</p>
            <ul class="readies">{ for shipped(words, of) }</ul>
            { hosts }
        </section>
    }
}

/// The captures that the page brings.
fn shipped(words: &Words, of: &WorkloadDialog) -> impl Iterator<Item = Html> {
    SHIPPED.iter().map(|name| {
        let current = matches!(&of.workload.source, Source::Capture(capture)
            if capture.origin == Origin::Shipped(name));
        let onclick = of.onshipped.reform(move |()| *name);
        let about = words.say(&format!("shipped-{}", name.trim_end_matches(".pcap")));
        choice("shipped", current, onclick, (name, (*name).into(), about))
    })
}

/// A source to choose: its name, what it is called, what is said of it.
fn choice(
    testid: &'static str,
    current: bool,
    onclick: Callback<()>,
    (name, title, about): (&'static str, AttrValue, AttrValue),
) -> Html {
    let content = html! { <><b data-name={name}>{ title }</b><span>{ about }</span></> };
    let button = Button { class: "ready", current, ..Button::new(testid, onclick, content) };
    html! { <li key={name}>{ button.draw() }</li> }
}

fn scenarios(words: &Words, of: &WorkloadDialog) -> Html {
    let items = LIBRARY.iter().map(|name| {
        let onclick = changed(of, move |workload, ()| {
            workload.source = ready(name)?;
            workload.setup = Setup::of(workload.setup.driver());
            Some(())
        });
        let current = of.workload.source == Source::Ready(name);
        let key = ["ready-", name].concat();
        let about = words.say(&[&key, ".about"].concat());
        choice("ready", current, onclick, (name, words.say(&key), about))
    });
    html! {
        <section>
            <h3>{ words.say("ready-title") }</h3>
            <ul class="readies">{ for items }</ul>
        </section>
    }
}

fn machine(words: &Words, of: &WorkloadDialog) -> Html {
    let drivers = [Driver::Ice, Driver::Igb].map(|driver| Choice {
        value: driver_name(driver).into(),
        label: words.say(&format!("driver-{}", driver_name(driver))),
    });
    let ondriver = changed(of, |workload, chosen: String| {
        let drivers = [Driver::Ice, Driver::Igb];
        let chosen = drivers.into_iter().find(|driver| driver_name(*driver) == chosen)?;
        workload.setup.set_driver(chosen);
        Some(())
    });
    let taken = |size: &u16| {
        let mut setup = of.workload.setup.clone();
        setup.choose("rx_ring", &size.to_string()).is_ok()
    };
    let rings = RINGS.into_iter().filter(taken).map(|size| Choice {
        value: size.to_string().into(),
        label: if TEACHING_RINGS.contains(&size) {
            words.fill("ring-teaching", [("size", size.to_string().into())])
        } else {
            size.to_string().into()
        },
    });
    let onring = changed(of, |workload, chosen: String| {
        if chosen.is_empty() {
            workload.setup.leave("rx_ring");
            return Some(());
        }
        workload.setup.choose("rx_ring", &chosen).ok()
    });
    // What no control of this dialog sets came with a link; it is said, so that nothing is hidden.
    let others = of.workload.setup.chosen().filter(|(key, _)| *key != "rx_ring");
    let others: Vec<String> = others.map(|(key, value)| format!("{key}={value}")).collect();
    let mut choices = vec![Choice { value: "".into(), label: words.say("ring-own") }];
    choices.extend(rings);
    let drivers = Choices {
        label: words.say("driver-label"),
        testid: "driver",
        choices: drivers.into(),
        chosen: driver_name(of.workload.setup.driver()).into(),
        onchange: ondriver,
    };
    let rings = Choices {
        label: words.say("ring-label"),
        testid: "ring",
        choices,
        chosen: of.workload.setup.value("rx_ring").unwrap_or_default().to_owned().into(),
        onchange: onring,
    };
    html! {
        <section class="machine">
            <h3>{ words.say("machine-title") }</h3>
            { drivers.list() }
            { rings.list() }
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
