//! The stack: GRO's list, IP, UDP, the socket and its reader.

use super::boxes;
use crate::diagram::compact;
use crate::diagram::focus::Place;
use crate::diagram::shape::{Area, Argument, Face, Label, Shape};
use crate::diagram::sheet::{Scene, Sheet, Text};
use crate::fact::Object;
use crate::units::PacketId;
use crate::view::SocketView;

/// The zone at the right.
pub(super) fn zone(scene: &Scene<'_>, area: Area) -> Shape {
    Sheet::group("stack", &[], |sheet| {
        sheet.zone("stack", area, Label::words("stage-stack"));
        let [list, core, ip, udp, queue, reader] =
            boxes(area, [(78, 25), (32, 4), (32, 4), (32, 4), (136, 38), (106, 25)]);
        gro(scene, sheet, list);
        layer(scene, sheet, Place::Core, Label::words("stage-core"), core);
        layer(scene, sheet, Place::Ip, Label::ident("IP"), ip);
        layer(scene, sheet, Place::Udp, Label::ident("UDP"), udp);
        match socket(scene) {
            Some((number, socket)) => {
                socket_queue(scene, sheet, queue, number, socket);
                application(scene, sheet, reader, Some(socket));
            }
            None => {
                sheet.panel(scene, Place::Socket, queue, Label::words("stage-socket"));
                application(scene, sheet, reader, None);
            }
        }
    })
}

/// The socket that the last step was about, or the first.
pub(super) fn socket<'a>(scene: &Scene<'a>) -> Option<(usize, &'a SocketView)> {
    let sockets = &scene.view.sockets;
    let fact = scene.view.fact.as_ref();
    let named = fact.and_then(|fact| {
        let object = crate::engine::line_info(fact.line).object;
        (object == Object::Socket).then_some(usize::from(fact.object))
    });
    let number = named.filter(|number| *number < sockets.len()).unwrap_or(0);
    Some((number, sockets.get(number)?))
}

fn gro(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    sheet.panel(scene, Place::Gro, area, Label::ident("GRO rx_list"));
    let Some(napi) = &scene.view.napi else {
        return;
    };
    let lines = Area::new(area.x + 8, area.y + 28, area.w - 16, area.h - 32);
    let shown = &napi.rx_list[..napi.rx_list.len().min(6)];
    sheet.tags(scene, "rx-list", lines, shown, napi.rx_list.len());
    if napi.rx_list.is_empty() {
        let text =
            Text::start(Face::Note, lines.x, lines.y + 15, lines.w, Label::words("stage-empty"));
        sheet.text("rx-list-empty", &["soft"], text);
    }
}

/// What a layer holds: the packets of its lists, and the one that it works on.
pub(super) fn passing(scene: &Scene<'_>, place: Place) -> Vec<PacketId> {
    let climb = &scene.view.climb;
    let mut packets = match place {
        Place::Core => climb.core.clone(),
        Place::Ip => climb.ip.clone(),
        _ => climb.deliver.clone(),
    };
    let here = scene.focus.object == Some(place);
    let in_work = scene.focus.packet.filter(|packet| here && !packets.contains(packet));
    packets.splice(0..0, in_work);
    packets
}

/// A layer that packets only pass.
fn layer(scene: &Scene<'_>, sheet: &mut Sheet, place: Place, name: Label, area: Area) {
    sheet.panel(scene, place, area, name);
    let line = Area::new(area.x + 44, area.centre() - 10, area.w - 46, 20);
    sheet.row_of_tags(scene, place.id(), line, &passing(scene, place));
}

fn socket_queue(
    scene: &Scene<'_>,
    sheet: &mut Sheet,
    area: Area,
    number: usize,
    socket: &SocketView,
) {
    let name = if scene.view.sockets.len() > 1 {
        let of = Argument::Ident(format!("{number}/{}", scene.view.sockets.len()));
        Label::with("stage-socket-of", [("number", of)])
    } else {
        Label::words("stage-socket")
    };
    sheet.panel(scene, Place::Socket, area, name);
    let lines = Area::new(area.x + 8, area.y + 28, area.w - 16, area.h - 92);
    let total = socket.queue.1 as usize;
    sheet.tags(scene, "socket", lines, &socket.queue.0, total);
    if total == 0 {
        let text =
            Text::start(Face::Note, lines.x, lines.y + 15, lines.w, Label::words("stage-empty"));
        sheet.text("socket-empty", &["soft"], text);
    }
    let x = (lines.x, lines.right());
    let class = if socket.drops > 0 { "warn" } else { "value" };
    let drops = scene.marked(class, &["sk_drops"]);
    let name = Label::ident("sk_drops");
    sheet.row_of("socket-drops", &drops, x, area.bottom() - 48, name, Label::count(socket.drops));
    let bar = Area::new(x.0, area.bottom() - 14, lines.w, 6);
    sheet.bar("socket-memory-bar", bar, socket.rmem_alloc.into(), socket.rcvbuf.into());
    let (used, most) = (socket.rmem_alloc >> 10, socket.rcvbuf >> 10);
    let memory = format!("{} / {} KiB", compact(used.into()), compact(most.into()));
    let text = Text::end(Face::Code, x.1, area.bottom() - 22, lines.w, Label::ident(memory));
    sheet.text("socket-memory", &scene.marked("soft", &["rmem_alloc"]), text);
}

/// What a socket's reader does.
pub(super) fn reader_words(socket: Option<&SocketView>) -> (&'static str, bool) {
    match socket {
        None => ("stage-reader-none", false),
        Some(socket) if socket.reader_ended => ("stage-reader-ended", false),
        Some(socket) if socket.reader_sleeps => ("stage-reader-sleeps", false),
        Some(_) => ("stage-reader-reads", true),
    }
}

fn application(scene: &Scene<'_>, sheet: &mut Sheet, area: Area, socket: Option<&SocketView>) {
    sheet.panel(scene, Place::Application, area, Label::words("stage-application"));
    let (words, awake) = reader_words(socket);
    let chip = Area::new(area.x + 8, area.y + 28, area.w - 16, 24);
    sheet.chip("reader-state", awake, chip, Label::words(words));
    let Some(socket) = socket else {
        return;
    };
    let x = (area.x + 8, area.right() - 8);
    let read = Label::count(socket.packets_read);
    sheet.row("reader-datagrams", x, area.y + 74, Label::words("stage-datagrams"), read);
    let bytes = Label::count(socket.bytes_read);
    sheet.row("reader-bytes", x, area.y + 94, Label::words("stage-bytes"), bytes);
}
