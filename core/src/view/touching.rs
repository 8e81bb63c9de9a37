//! Which of the model's routines touch a member.

use crate::engine::naming;
use crate::fact::RoutineId;

/// The routines that touch a member, each once, in the order of [`crate::engine::ROUTINES`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touching {
    /// Those with a line that writes it.
    pub writes: Vec<RoutineId>,
    /// Those with a line that reads it.
    pub reads: Vec<RoutineId>,
}

/// The routines with a line that names this member, the whole that it is a part of, or a part of it.
#[must_use]
pub fn touching(struct_name: &str, path: &str) -> Touching {
    let mut touching = Touching::default();
    for named in naming(struct_name).iter().filter(|named| named.concerns(path)) {
        let routines = if named.writes { &mut touching.writes } else { &mut touching.reads };
        // A routine's lines follow each other.
        if routines.last() != Some(&named.line.routine) {
            routines.push(named.line.routine);
        }
    }
    touching
}

#[cfg(test)]
mod tests {
    use super::touching;
    use crate::engine::{ROUTINES, info};
    use crate::fact::RoutineId;

    fn names(routines: &[RoutineId]) -> Vec<&'static str> {
        routines.iter().map(|&routine| info(routine).name).collect()
    }

    /// As the tables of `ice_process_skb_fields`, `igb_process_skb_fields` and the one reader say.
    #[test]
    fn a_member_is_touched_by_the_routines_whose_lines_name_it() {
        let hash = touching("sk_buff", "hash");
        assert_eq!(names(&hash.writes), ["ice_process_skb_fields", "igb_process_skb_fields"]);
        assert_eq!(names(&hash.reads), ["dev_gro_receive", "tcp_v4_do_rcv"]);
        let squeeze = touching("softnet_data", "time_squeeze");
        assert_eq!((names(&squeeze.writes), squeeze.reads), (vec!["net_rx_action"], vec![]));
        assert_eq!(touching("sk_buff", "has"), super::Touching::default(), "no member");
        assert_eq!(touching("sk_buf", "hash"), super::Touching::default(), "no struct");
    }

    #[test]
    fn what_a_line_keeps_another_looks_at() {
        let both = [
            ("igb_ring", "next_to_use next_to_alloc desc rx_buffer_info"),
            ("ice_rx_ring", "next_to_use next_to_alloc desc rx_buf"),
            ("sk_buff", "destructor sk users list next dev network_header mac_header rbnode cb"),
            ("sk_buff", "transport_header napi_id skb_iif alloc_cpu"),
            ("skb_frag", "netmem"),
            ("gro_list", "list count"),
            ("napi_struct", "gro_hash rx_list poll_list timer"),
            ("napi_gro_cb", "age data_offset csum_cnt ip_fixedid"),
            ("napi_alloc_cache", "skb_cache skb_count"),
            ("irq_desc", "irq_common_data.state_use_accessors"),
            ("hrtimer", "function"),
            ("sock", "sk_backlog.head sk_backlog.tail __sk_common.skc_refcnt"),
            ("tcp_sock", "snd_wnd max_window scaling_ratio"),
            ("udp_sock", "forward_deficit"),
        ];
        let members = both.iter().flat_map(|(owner, paths)| {
            paths.split(' ').map(move |path| (*owner, path, touching(owner, path)))
        });
        let one_sided = members.filter(|one| one.2.writes.is_empty() || one.2.reads.is_empty());
        assert_eq!(one_sided.collect::<Vec<_>>(), []);
        let users = touching("sk_buff", "users");
        assert_eq!(names(&users.reads), ["sk_skb_reason_drop", "ip_rcv_core", "skb_consume_udp"]);
        let charged = touching("sk_buff", "destructor");
        let chargers = ["tcp_queue_rcv", "tcp_data_queue_ofo", "tcp_recvmsg_locked"];
        assert!(chargers.iter().all(|one| names(&charged.writes).contains(one)), "{charged:?}");
    }

    #[test]
    fn what_lies_in_a_struct_is_touched_as_its_part() {
        let pending = touching("inet_connection_sock", "icsk_ack.pending");
        assert!(!pending.writes.is_empty() && !pending.reads.is_empty());
        assert_eq!(touching("tcp_sock", "inet_conn.icsk_ack.pending"), pending);
        assert_eq!(touching("inet_sock", "sk.sk_rcvbuf"), touching("sock", "sk_rcvbuf"));
        assert_eq!(touching("ice_q_vector", "napi.state"), touching("napi_struct", "state"));
        let whole = touching("tcp_sock", "inet_conn");
        assert!(pending.writes.iter().all(|one| whole.writes.contains(one)));
        let stranger = touching("tcp_sock", "inet_conn.icsk_inet.sk.sk_drops");
        assert_eq!(stranger, super::Touching::default(), "UDP's");
    }

    #[test]
    fn the_whole_and_its_parts_touch_each_other_and_parts_do_not() {
        let [len, memory, all] = ["sk_backlog.len", "sk_backlog.rmem_alloc", "sk_backlog"]
            .map(|path| touching("sock", path));
        assert!(len.writes.iter().chain(&memory.writes).all(|one| all.writes.contains(one)));
        assert!(len != memory && len != all && memory != all);
        let queue = touching("sock", "sk_receive_queue");
        assert!(!queue.writes.is_empty());
        assert_eq!(touching("sock", "sk_receive_queue.next"), queue);
    }

    #[test]
    fn each_routine_stands_once_and_in_order() {
        let len = touching("sk_buff", "len");
        for routines in [&len.writes, &len.reads] {
            let places = routines.iter().map(|one| ROUTINES.iter().position(|at| at == one));
            assert!(
                routines.len() > 5 && places.clone().is_sorted_by(|a, b| a < b),
                "{routines:?}"
            );
        }
    }
}
