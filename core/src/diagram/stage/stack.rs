//! The stack: what GRO holds, IP, the transport, the socket and its reader.

use super::boxes;
use crate::diagram::compact;
use crate::diagram::focus::Place;
use crate::diagram::shape::{Area, Argument, Face, Label, Shape};
use crate::diagram::sheet::{Scene, Sheet, Text};
use crate::units::PacketId;
use crate::view::SocketView;

/// The zone at the right.
pub(super) fn zone(scene: &Scene<'_>, area: Area) -> Shape {
    Sheet::group("stack", &[], |sheet| {
        sheet.zone("stack", area, Label::words("stage-stack"));
        let [list, core, ip, udp, queue, reader] =
            boxes(area, [(78, 19), (30, 4), (30, 4), (30, 4), (122, 38), (98, 31)]);
        gro(scene, sheet, list);
        layer(scene, sheet, Place::Core, Label::words("stage-core"), core);
        layer(scene, sheet, Place::Ip, Label::ident("IP"), ip);
        layer(scene, sheet, Place::Transport, transport(scene), udp);
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

/// The socket that is shown, with its number.
pub(super) fn socket<'a>(scene: &Scene<'a>) -> Option<(usize, &'a SocketView)> {
    let number = scene.view.socket;
    Some((number, scene.view.sockets.get(number)?))
}

/// The transport protocol of the socket that is shown.
pub(super) fn transport(scene: &Scene<'_>) -> Label {
    let stream = socket(scene).is_some_and(|(_, socket)| socket.stream);
    Label::ident(if stream { "TCP" } else { "UDP" })
}

fn gro(scene: &Scene<'_>, sheet: &mut Sheet, area: Area) {
    sheet.panel(scene, Place::Gro, area, Label::ident("GRO"));
    let Some(napi) = &scene.view.napi else {
        return;
    };
    let line = (area.h - 28) / 2;
    let held = Area::new(area.x + 8, area.y + 26, area.w - 14, line);
    gro_line(scene, sheet, "gro_hash", "gro-hash", held, &napi.held);
    if napi.held_segments as usize > napi.held.len() {
        let segments = Label::ident(format!("×{}", napi.held_segments));
        let text = Text::end(Face::Code, held.right(), held.centre() + 4, 30, segments);
        sheet.text("gro-segments", &[], text);
    }
    let waiting = Area::new(held.x, held.bottom(), held.w, line);
    gro_line(scene, sheet, "rx_list", "rx-list", waiting, &napi.rx_list);
}

/// One of GRO's lists: what it is called, and its packets.
fn gro_line(
    scene: &Scene<'_>,
    sheet: &mut Sheet,
    name: &'static str,
    id: &str,
    area: Area,
    packets: &[PacketId],
) {
    let class = if packets.is_empty() { &["soft"][..] } else { &[] };
    let text = Text::start(Face::Code, area.x, area.centre() + 4, 62, Label::ident(name));
    sheet.text(&format!("{id}-name"), class, text);
    let line = Area::new(area.x + 64, area.centre() - 10, area.w - 64, 20);
    sheet.row_of_tags(scene, id, line, packets);
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
    let chip = Area::new(area.x + 8, area.y + 28, area.w - 16, 22);
    sheet.chip("reader-state", awake, chip, Label::words(words));
    let Some(socket) = socket else {
        return;
    };
    let x = (area.x + 8, area.right() - 8);
    let read = Label::count(socket.packets_read);
    sheet.row("reader-datagrams", x, area.y + 69, Label::words("stage-datagrams"), read);
    let bytes = Label::count(socket.bytes_read);
    sheet.row("reader-bytes", x, area.y + 88, Label::words("stage-bytes"), bytes);
}
