//! The CPU: the three contexts, what each runs, and the NAPI instance.

use super::boxes;
use crate::diagram::focus::{Place, of_frame};
use crate::diagram::shape::{Area, Face, Label, Shape};
use crate::diagram::sheet::{Scene, Sheet, Text, clipped};
use crate::machine::{NAPI_DISABLE, NAPI_MISSED, NAPI_NPSVC, NAPI_SCHED, NET_RX_SOFTIRQ, TaskKind};
use crate::view::NapiView;

/// The state bits that the stage shows.
pub(super) const BITS: [(&str, u16); 4] = [
    ("SCHED", NAPI_SCHED),
    ("MISSED", NAPI_MISSED),
    ("NPSVC", NAPI_NPSVC),
    ("DISABLE", NAPI_DISABLE),
];

/// The zone between memory and stack.
pub(super) fn zone(scene: &Scene<'_>, area: Area) -> Shape {
    let cpu = &scene.view.cpu;
    Sheet::group("cpu", &[], |sheet| {
        sheet.zone("cpu", area, Label::ident("CPU 0"));
        let interrupts = if cpu.interrupts_on { "stage-irqs-on" } else { "stage-irqs-off" };
        let text =
            Text::end(Face::Note, area.right() - 10, 23, area.w - 74, Label::words(interrupts));
        sheet.text("cpu-interrupts", &["soft"], text);
        let [hardirq, softirq, task, instance] =
            boxes(area, [(54, 20), (122, 20), (54, 20), (174, 40)]);
        context(scene, sheet, Place::Hardirq, hardirq);
        context(scene, sheet, Place::Softirq, softirq);
        context(scene, sheet, Place::Task, task);
        napi(scene, sheet, instance);
    })
}

/// The context that is running, by the frames of the stack.
pub(super) fn running(scene: &Scene<'_>) -> Place {
    scene.view.stack.last().map_or(Place::Task, of_frame)
}

/// The function that a context is in: its top frame.
///
/// What an interrupt still has to return to is no longer an interrupt while softirqs run.
pub(super) fn function(scene: &Scene<'_>, place: Place) -> Option<&'static str> {
    if place == Place::Hardirq && running(scene) != place {
        return None;
    }
    let mut own = scene.view.stack.iter().rev().filter(|frame| of_frame(frame) == place);
    own.next().map(|frame| frame.name)
}

fn context(scene: &Scene<'_>, sheet: &mut Sheet, place: Place, area: Area) {
    let (id, name) = match place {
        Place::Hardirq => ("hardirq", "hardirq"),
        Place::Softirq => ("softirq", "softirq"),
        _ => ("task", "task"),
    };
    sheet.panel(scene, place, area, Label::ident(name));
    let lit = running(scene) == place;
    if lit {
        let mark = Area::new(area.x, area.y + 8, 3, area.h - 16);
        sheet.rect(&format!("{id}-running"), &["running"], mark, 1);
    }
    let right = area.right() - 8;
    let status = status(scene, place);
    sheet.text(
        &format!("{id}-status"),
        &["soft"],
        Text::end(Face::Note, right, area.y + 18, area.w - 66, status),
    );
    let y = area.y + 40;
    let room = area.w - 14;
    match function(scene, place) {
        Some(name) => {
            let name = clipped(Face::Code, format!("{name}()"), room);
            let classes: &[&'static str] = if lit { &[] } else { &["soft"] };
            let text = Text::start(Face::Code, area.x + 8, y, room, Label::ident(name));
            sheet.text(&format!("{id}-function"), classes, text);
        }
        None => {
            let text = Text::start(Face::Note, area.x + 8, y, room, Label::words("stage-nothing"));
            sheet.text(&format!("{id}-function"), &["faint"], text);
        }
    }
    if place == Place::Softirq {
        softirq(scene, sheet, area);
    }
}

fn status(scene: &Scene<'_>, place: Place) -> Label {
    let cpu = &scene.view.cpu;
    match place {
        Place::Hardirq if cpu.requested > 0 => Label::words("stage-irq-requested"),
        Place::Hardirq => Label::ident(""),
        Place::Softirq => Label::ident(""),
        _ if cpu.halted => Label::ident("swapper/0"),
        _ => Label::ident(task_name(cpu.task)),
    }
}

/// A task's name, as `ps` shows it.
pub(super) fn task_name(task: TaskKind) -> &'static str {
    match task {
        TaskKind::Idle => "swapper/0",
        TaskKind::Ksoftirqd => "ksoftirqd/0",
        TaskKind::Setup => "init",
        TaskKind::Application => "app",
    }
}

fn softirq(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    let cpu = &scene.view.cpu;
    let pending = cpu.softirq_pending & 1 << NET_RX_SOFTIRQ != 0;
    let chip = Area::new(area.x + 8, area.y + 50, area.w - 16, 22);
    let words = if pending { "stage-pending" } else { "stage-not-pending" };
    sheet.chip("softirq-pending", pending, chip, Label::words(words));
    let x = (area.x + 8, area.right() - 8);
    let count = Label::count(cpu.poll_list);
    sheet.row("poll-list", x, area.bottom() - 34, Label::ident("poll_list"), count);
    let count = Label::count(cpu.time_squeeze);
    let classes = scene.marked("value", &["time_squeeze"]);
    sheet.row_of(
        "time-squeeze",
        &classes,
        x,
        area.bottom() - 13,
        Label::ident("time_squeeze"),
        count,
    );
}

fn napi(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    let napi = scene.view.napi.as_ref();
    let name = match napi {
        Some(napi) if scene.view.nic.queue.1 > 1 => format!("napi_struct {}", napi.number),
        _ => "napi_struct".to_owned(),
    };
    sheet.panel(scene, Place::Napi, area, Label::ident(name));
    let Some(napi) = napi else {
        return;
    };
    let width = (area.w - 16 - 6) / 2;
    for (place, (name, bit)) in (0..).zip(BITS) {
        let chip = Area::new(
            area.x + 8 + place % 2 * (width + 6),
            area.y + 28 + place / 2 * 26,
            width,
            22,
        );
        let id = format!("napi-{}", name.to_ascii_lowercase());
        sheet.chip(&id, napi.state & bit != 0, chip, Label::ident(name));
    }
    napi_work(scene, sheet, area, napi);
}

fn napi_work(scene: &Scene<'_>, sheet: &mut Sheet, area: Area, napi: &NapiView) {
    let x = (area.x + 8, area.right() - 8);
    let work = Label::ident(format!("{} / {}", napi.last_work, napi.weight));
    sheet.row("napi-work", x, area.y + 98, Label::words("stage-last-poll"), work);
    let bar = Area::new(x.0, area.y + 105, x.1 - x.0, 6);
    sheet.bar("napi-work-bar", bar, napi.last_work.into(), napi.weight.into());
    sheet.row("napi-polls", x, area.y + 134, Label::words("stage-polls"), Label::count(napi.polls));
    let waiting = Label::count(u32::try_from(napi.rx_list.len()).unwrap_or(u32::MAX));
    let classes = scene.marked("value", &["rx_count"]);
    sheet.row_of("napi-rx-count", &classes, x, area.y + 156, Label::ident("rx_count"), waiting);
}
