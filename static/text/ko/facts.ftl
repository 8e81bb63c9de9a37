# 모델의 루틴 한 줄마다 메시지 하나: 누가 무엇을 어떻게 하는가.
#
# $subject, $object, $packet: 행위자, 대상, 패킷(번호 포함).
# $value: 번호만. $found: 대상이 없으면 "no", 있으면 "yes".
# .object: 종류만으로 부족할 때 대상의 이름.
# .why: 왜 그렇게 하는지, 무엇을 막는지, 무엇을 눈여겨볼지.
# 조사는 을(를), 이(가), 은(는), 과(와), (으)로, (이)라로 쓰면 앞말의 소리에 맞게 고쳐진다.

## 케이블과 NIC

wire-deliver-deliver = { $subject }이(가) { $object }을(를) NIC에 전달한다.
    .why = 송신자는 기다려 주지 않는다. 호스트가 느려도 프레임은 계속 도착해 NIC 안에 쌓인다.
wire-sent-pass =
    { $found ->
       *[yes] { $subject }이(가) 이 호스트가 { $object }에서 보낸 프레임을 캡처에 남은 대로 나른다.
        [no] { $subject }이(가) 이 호스트가 보낸 프레임을 캡처에 남은 대로 나른다. 모델에는 그 { $object }이(가) 없다.
    }
    .why = 모델은 아직 송신하지 않는다. 무엇을 보냈는지 캡처에서 알아야 상대가 무엇을 ACK하는지 가릴 수 있다.

# mac_receive
mac-receive-check-frame = { $subject }이(가) { $object }의 FCS와 길이를 검사한다.
    .why = FCS가 틀리거나 길이가 맞지 않는 프레임은 NIC이 세고 버린다. 소프트웨어는 그런 프레임을 보지 못한다.
mac-receive-classify = { $subject }이(가) { $object }의 주소와 포트를 해시해 수신 큐를 찾는다.
    .why = RSS: 해시로 큐 테이블을 찾으므로 한 플로는 늘 같은 큐로 간다. 이 해시는 나중에 디스크립터에 실린다.
mac-receive-store = { $subject }이(가) 칩 안의 패킷 버퍼에 자리가 있으면 { $object }을(를) 넣는다.
    .why = 디스크립터가 준비되고 DMA가 옮겨 갈 때까지 프레임이 머무는 곳이다. 가득 차면 프레임을 잃는다.
mac-receive-drop-frame = { $subject }이(가) { $packet }을(를) 버린다. 이유: { $object }.
    .why = NIC 안의 카운터만 올라간다. 이 프레임 때문에 CPU가 한 일은 없다.

rx-queue-receive-test-descriptor = { $subject }이(가) { $packet }에 쓸 { $object }을(를) 이미 읽어 두었는지 검사한다.
    .why = NIC은 head부터 tail 바로 앞까지의 슬롯을 소유하며 그중 여러 개를 미리 읽어 둔다.
rx-queue-receive-wait-for-tail = { $subject }이(가) { $packet }에 쓸 디스크립터 없이 { $object }이(가) { $value }에서 움직이기를 기다린다.
    .why = head == tail이면 NIC이 가진 슬롯이 없다. 프레임은 칩에 남고 그 버퍼마저 넘치면 프레임을 잃는다.
rx-queue-receive-translate-ring = { $subject }이(가) { $object }의 다음 디스크립터가 있는 DMA 주소를 물리 주소로 변환한다.
    .why = NIC은 DMA 주소만 안다. IOTLB에 있으면 거의 공짜지만 없으면 메모리의 페이지 테이블을 따라가야 한다.
rx-queue-receive-fetch-descriptors = { $subject }이(가) { $object }부터 이어지는 디스크립터를 DMA로 한꺼번에 읽는다.
    .why = 버스를 한 번 왕복해 여러 디스크립터를 가져온다. 각각에 빈 버퍼의 DMA 주소가 들어 있다.
rx-queue-receive-translate-buffer = { $subject }이(가) { $packet }에 쓸 { $object }을(를) DMA 주소에서 물리 주소로 변환한다.
    .object = 버퍼 주소
    .why = 이 주소는 디스크립터에서 온다. 그곳에 매핑이 없으면 접근을 거부하므로 메모리는 손상되지 않는다.
rx-queue-receive-write-data = { $subject }이(가) { $packet }의 바이트를 { $object }에 DMA로 쓴다.
    .why = 응답을 기다리지 않는 쓰기다. 이 바이트를 옮기는 데 CPU 명령은 하나도 쓰이지 않는다.
rx-queue-receive-write-back = { $subject }이(가) { $packet }의 길이, 상태, 해시를 { $object }에 DMA로 기록한다(write-back).
    .why = 데이터 뒤에 쓰므로 완료된 디스크립터라면 바이트도 와 있다. pkt_addr는 덮여 사라지므로 리필할 때 다시 쓴다.
rx-queue-receive-raise-cause = { $subject }이(가) { $packet } 때문에 { $object }의 인터럽트 원인을 설정한다.
    .why = 원인이 곧 인터럽트는 아니다. 언제 보낼지는 인터럽트 조절이 정하므로 패킷 여럿이 인터럽트 하나를 나눠 쓴다.
rx-queue-receive-fault = { $subject }이(가) 접근을 거부해 { $packet }을(를) 버린다. 이유: { $object }.
    .why = 장치는 커널이 매핑해 준 메모리에만 닿는다. 거부된 접근은 커널 로그에 남는다.

moderate-expire = { $subject }이(가) { $object }의 대기 간격을 끝내고 벡터가 켜져 있는지 검사한다.
    .why = 두 인터럽트 사이는 적어도 ITR만큼 떨어진다. 벡터가 꺼져 있으면 원인은 켜질 때까지 남는다.
moderate-fire = { $subject }이(가) { $object }의 인터럽트를 발생시켜 MSI-X 메시지를 로컬 APIC에 쓴다.
    .why = 메시지는 디스크립터 쓰기를 뒤따르는 메모리 쓰기라서 디스크립터가 먼저 보인다. 이때 벡터는 저절로 마스크된다.

# software_interrupt
software-interrupt-expire = { $subject }이(가) 그사이 인터럽트가 없었으면 소프트웨어가 요청한 { $object }의 원인을 일으킨다.
    .why = SWINT_TRIG에는 50µs라는 조절 간격이 따로 있다. 모드를 자주 바꿔도 그때마다 인터럽트가 생기지 않는다.

lapic-accept-accept = { $subject }이(가) { $object }의 요청을 표시하고 CPU가 인터럽트를 받을 때까지 유지한다.
    .why = CPU가 인터럽트를 꺼 둔 동안 IRR 비트가 기다린다. 같은 벡터의 메시지가 또 와도 더해지는 것은 없다.
apic-timer-expire = { $subject }이(가) 타이머 인터럽트를 요청한다. { $object }이(가) 기다리기로 한 시간이 다 됐다.
    .why = 타이머는 CPU 안에서 돈다. 버스를 건너는 메시지는 없다.

tail-write-arrive = { $subject }이(가) { $object }에 새 값 { $value }을(를) 받아들인다.
    .why = 이제 tail 바로 앞 슬롯까지 NIC의 것이다. 디스크립터를 기다리던 큐는 다시 움직인다.
arm-vector-arrive = { $subject }이(가) { $object }을(를) 켠다. 이제 인터럽트를 보낼 수 있다.
    .why = 꺼져 있던 사이에 생긴 원인도 이제 인터럽트가 된다. 그래서 마지막 확인 뒤에 온 패킷도 놓치지 않는다.

## 인터럽트, softirq, 스케줄러

# common_interrupt()
common-interrupt-enter = { $subject }이(가) { $object }을(를) 받아 인터럽트를 끄고 preempt_count에 HARDIRQ_OFFSET을(를) 더한다.
    .why = top half가 시작된다. 커널은 preempt_count를 보고 지금이 하드 인터럽트인지 안다.
common-interrupt-handle = { $subject }이(가) { $object }에 대해 __common_interrupt()을(를) 호출한다.
    .why = common_interrupt()는 noinstr라서 트레이서에는 __common_interrupt()가 처음 보인다.
common-interrupt-leave = { $subject }이(가) 하드 인터럽트를 끝내려고 { $object }을(를) 호출한다.
    .object = irq_exit_rcu()
common-interrupt-return = { $subject }이(가) { $object }을(를) 다시 켜고 중단했던 일로 돌아간다.
    .object = 인터럽트

# __common_interrupt()
do-common-interrupt-lookup = { $subject }이(가) vector_irq에서 자기 벡터를 찾아 { $object }을(를) 얻는다.
    .why = 세 번호가 여기서 만난다: NIC의 MSI-X 번호, CPU의 벡터 번호, /proc/interrupts에 보이는 리눅스 IRQ 번호.

# handle_edge_irq()
handle-edge-irq-count = { $subject }이(가) { $object }의 인터럽트를 하나 더 센다.
    .why = /proc/interrupts에 보이는 수다. 패킷 수와 비교해 보라.
handle-edge-irq-acknowledge = { $subject }이(가) 로컬 APIC에 EOI를 써서 { $object }에 응답(ack)한다.
    .why = EOI 뒤에는 핸들러가 아직 돌지 않았어도 같은 벡터가 다시 올 수 있다.
handle-edge-irq-handle = { $subject }이(가) { $object }에 대해 handle_irq_event()을(를) 호출한다.

# handle_irq_event()
handle-irq-event-begin = { $subject }이(가) { $object }을(를) 처리 중으로 표시한다.
    .why = 그사이 같은 에지가 다른 CPU에 또 오면 표시만 해 두고 핸들러를 한 번 더 돌린다. 그래서 놓치지 않는다.
handle-irq-event-end = { $subject }이(가) { $object }의 처리 중 표시를 지운다.

# __handle_irq_event_percpu()
handle-irq-event-percpu-entry = { $subject }이(가) { $object }의 irqaction을(를) 읽는다.
    .why = 여기서 트레이스포인트 irq_handler_entry가 찍힌다. irq_desc는 라인이고 irqaction은 그때 호출할 대상이다.
handle-irq-event-percpu-handler = { $subject }이(가) { $object }에 등록된 드라이버의 핸들러를 호출한다.
    .why = q_vector를 가리키는 dev_id를 함께 넘기므로 핸들러 함수 하나로 모든 벡터를 처리한다.
handle-irq-event-percpu-exit = { $subject }이(가) { $object }의 핸들러에서 돌아온다.
    .why = 여기서 트레이스포인트 irq_handler_exit가 찍힌다. irq_handler_entry부터 여기까지가 드라이버의 top half 전부다.

# irq_exit_rcu()
irq-exit-rcu-leave = { $subject }이(가) { $object }에서 HARDIRQ_OFFSET을(를) 뺀다. top half가 끝난다.
    .object = preempt_count
irq-exit-rcu-test = { $subject }이(가) 대기 중인 { $object }이(가) 있고 지금 돌려도 되는지 검사한다.
    .object = softirq
    .why = 다른 softirq나 bottom half를 끈 구간을 끊고 들어왔다면 돌리지 않는다. 그 구간의 끝에서 돌린다.
# sysvec_apic_timer_interrupt(): CPU의 타이머
sysvec-apic-timer-interrupt-enter = { $subject }이(가) { $object }의 타이머 인터럽트에 들어가며 인터럽트를 끈다.
    .why = 장치가 한 일이 아니다. 커널이 앞서 CPU의 타이머에 요청해 둔 것이다.
sysvec-apic-timer-interrupt-timer = { $subject }이(가) { $object }의 타이머가 만료됐음을 알고 napi_watchdog()을(를) 호출한다.
    .why = hrtimer_interrupt()는 만료된 타이머를 모두 돌린다. 이 모델에는 다른 타이머가 없다.
sysvec-apic-timer-interrupt-leave = { $subject }이(가) 타이머 인터럽트를 끝내려고 { $object }을(를) 호출한다.
    .object = irq_exit_rcu()
sysvec-apic-timer-interrupt-return = { $subject }이(가) { $object }을(를) 다시 켜고 타이머가 끊은 일을 이어 간다.
    .object = 인터럽트

# napi_watchdog(): gro_flush_timeout이 다 됐다
napi-watchdog-claim = { $subject }이(가) { $object }의 SCHED가 설정되어 있지 않으면 설정한다.
    .why = MISSED는 건드리지 않는다. 지금 누가 폴링하고 있다면 타이머가 보탤 일이 없다.
napi-watchdog-link = { $subject }이(가) 인터럽트 핸들러처럼 { $object }을(를) 자기 poll_list에 잇는다.
napi-watchdog-raise = { $subject }이(가) { $object }을(를) 보고 이 인터럽트 아래에서 net_rx_action()이 도는지 살핀다.
napi-watchdog-set-pending = { $subject }이(가) 장치가 요청하지 않은 폴링을 위해 { $object }을(를) 올린다.
    .why = 장치의 인터럽트가 꺼진 동안에는 이 폴링만이 패킷을 찾고 묵은 패킷을 GRO에서 내보낸다.

# handle_softirqs()
handle-softirqs-begin = { $subject }이(가) { $object }을(를) 읽고 preempt_count에 SOFTIRQ_OFFSET을(를) 더한다.
    .object = 대기 softirq 마스크
    .why = softirq를 올린 바로 그 CPU에서 bottom half가 시작된다.
handle-softirqs-clear = { $subject }이(가) 대기 마스크를 비워 { $object }을(를) 가져오고 인터럽트를 켠다.
    .why = 이제 인터럽트가 다시 들어와 새 비트를 세울 수 있다. 이번 바퀴 끝에서 그것을 본다.
handle-softirqs-entry = { $subject }이(가) 이번 바퀴의 다음 차례로 { $object }을(를) 잡는다.
    .why = 여기서 트레이스포인트 softirq_entry가 찍힌다. softirq는 번호 순서로 돌며 NET_RX는 3번이다.
handle-softirqs-action = { $subject }이(가) { $object }의 액션인 net_rx_action()을(를) 호출한다.
handle-softirqs-exit = { $subject }이(가) { $object }의 액션에서 돌아온다.
    .why = 여기서 트레이스포인트 softirq_exit가 찍힌다.
handle-softirqs-again = { $subject }이(가) 인터럽트를 끄고 { $object }에 비트가 다시 섰는지 검사한다.
    .object = 대기 softirq 마스크
    .why = 새 비트가 있으면 한 바퀴 더 돈다. 다만 10바퀴, 틱으로 세어 2ms까지이고 기다리는 태스크가 없을 때만이다. 아니면 ksoftirqd가 잇는다.
handle-softirqs-defer = { $subject }이(가) 남은 softirq를 이어서 돌리도록 { $object }을(를) 깨운다.
    .why = 패킷이 몰려도 태스크가 CPU를 못 얻으면 안 된다. ksoftirqd는 스케줄러 아래에서 도는 스레드다.
handle-softirqs-end = { $subject }이(가) { $object }에서 SOFTIRQ_OFFSET을(를) 뺀다. bottom half가 끝난다.
    .object = preempt_count

# __raise_softirq_irqoff()
raise-softirq-irqoff-raise = { $subject }이(가) 대기 마스크의 비트 { $value }을(를) 설정해 { $object }을(를) 다시 올린다.
    .why = 인터럽트가 꺼져 있다. 마스크는 이 CPU와 그 인터럽트만 건드리므로 락이 필요 없다.

# __local_bh_enable_ip()
local-bh-enable-ip-enable = { $subject }이(가) { $object }에서 SOFTIRQ_DISABLE_OFFSET을(를) 뺀다. 다만 1은 softirq를 다 돌릴 때까지 남겨 선점을 막는다.
    .object = preempt_count
local-bh-enable-ip-run = { $subject }이(가) 그사이 대기하게 된 { $object }을(를) 위해 do_softirq()을(를) 호출한다.
    .object = softirq
    .why = bottom half가 꺼진 동안 인터럽트가 올렸지만 그 끝에서 돌리지 못한 것을 태스크가 여기서 돌린다.
local-bh-enable-ip-interrupts = { $subject }이(가) { $object }을(를) 켜고 preempt_count에서 1을 빼고 태스크의 일로 돌아간다.
    .object = 인터럽트

# run_ksoftirqd()
run-ksoftirqd-sleep = { $subject }이(가) 대기 중인 softirq가 없으면 { $object }을(를) 재운다.
run-ksoftirqd-test = { $subject }이(가) ksoftirqd에서 인터럽트를 끄고 { $object }을(를) 검사한다.
    .object = 대기 softirq 마스크
run-ksoftirqd-run = { $subject }이(가) 스레드 ksoftirqd에서 { $object }을(를) 호출한다.
    .object = handle_softirqs()
    .why = 인터럽트 끝에서 도는 것과 같은 코드지만 스케줄러가 기다리게 할 수 있는 스레드에서 돈다.
run-ksoftirqd-enable = { $subject }이(가) ksoftirqd의 한 바퀴를 끝내며 { $object }을(를) 켠다.
    .object = 인터럽트
run-ksoftirqd-resched = { $subject }이(가) 깨어난 다른 태스크가 있으면 { $object }을(를) 먼저 쓰게 한다.
    .why = ksoftirqd의 우선순위는 보통이다. 부하가 걸려도 애플리케이션이 CPU를 나누어 쓴다.

# schedule()
schedule-pick = { $subject }이(가) 다음에 돌릴 태스크를 찾아 { $object }을(를) 고른다.
schedule-switch = { $subject }이(가) { $object }(으)로 컨텍스트를 전환한다.
    .why = 컨텍스트 스위치는 이 경로에서 가장 비싼 단계에 든다. 모델은 약 1µs로 친다.
schedule-finish = { $subject }이(가) 전환을 마친다. { $object }이(가) 다시 CPU를 쓴다.

# do_idle()
do-idle-halt = { $subject }이(가) 돌릴 태스크가 없으면 { $object }에서 인터럽트를 기다린다.
    .object = hlt
    .why = 멈춘 CPU를 다시 움직이는 것은 인터럽트다. 인터럽트가 없으면 여기서는 패킷이 온 줄 모른다.
do-idle-resume = { $subject }이(가) 유휴 루프에서 { $object }을(를) 검사한다. 돌고 싶은 태스크가 있는가?
    .object = need_resched

## NAPI

# napi_schedule_prep()
napi-schedule-prep-claim = { $subject }이(가) SCHED를 설정해 { $object }의 소유권을 얻으려 한다.
    .why = 원자적 연산 한 번이 누가 폴링할지 정한다. 이미 SCHED면 MISSED도 설정해 지금 소유자가 한 번 더 폴링하게 한다.

# __napi_schedule()
napi-schedule-link = { $subject }이(가) { $object }을(를) 자기 poll_list 끝에 단다.
    .why = 인터럽트를 꺼 둔 채다. poll_list는 이 CPU의 인터럽트와 함께 쓰므로 중간에 끼어들면 리스트가 깨질 수 있다.
napi-schedule-raise = { $subject }이(가) { $object }에서 net_rx_action()이 이미 일하는 중인지 검사한다.
    .why = 그렇다면 그 루프가 poll_list에서 NAPI를 스스로 찾으므로 softirq를 올릴 필요가 없다.
napi-schedule-set-pending = { $subject }이(가) 이 CPU의 대기 마스크에 비트를 설정해 { $object }을(를) 올린다.
    .why = 여기서는 비트만 설정한다. 패킷은 나중에 인터럽트가 켜진 softirq에서 처리한다.

# net_rx_action()
net-rx-action-begin = { $subject }이(가) { $object }에 in_net_rx_action을(를) 설정하고 budget을(를) 받는다.
    .why = 이번 호출은 netdev_budget(기본 패킷 300개)과 netdev_budget_usecs(8ms)를 넘지 못한다.
net-rx-action-splice = { $subject }이(가) { $object }의 poll_list를 통째로 전용 리스트로 옮긴다.
    .why = 그사이 인터럽트가 poll_list를 다시 채워도 이 루프는 방해받지 않는다.
net-rx-action-test-empty = { $subject }이(가) { $object }의 전용 리스트가 비었는지 검사한다.
    .why = weight를 다 쓴 NAPI는 repoll 리스트에서 기다린다. 이번 호출은 그것을 다시 보지 않는다.
net-rx-action-poll = { $subject }이(가) { $object }의 전용 리스트 맨 앞 NAPI에 대해 napi_poll()을(를) 호출한다.
net-rx-action-charge = { $subject }이(가) 이번 폴링의 패킷 수를 { $object }에서 뺀다. 이제 { $value }이(가) 남았다.
    .object = budget
net-rx-action-limit = { $subject }이(가) { $value }이(가) 남은 { $object }이나 시간이 다했는지 검사한다.
    .object = budget
    .why = 다했으면 남은 일이 없더라도 time_squeeze가 오른다. /proc/net/softnet_stat의 3번째 열이다.
net-rx-action-requeue = { $subject }이(가) 폴링 못 한 것, 새로 온 것, repoll을(를) { $object }의 poll_list로 잇는다.
    .why = 아직 폴링하지 못한 NAPI가 맨 앞, 다음이 새로 온 것, weight를 다 쓴 것이 맨 뒤다.
net-rx-action-raise-again = { $subject }이(가) { $object }의 poll_list에 남은 NAPI가 있는지 검사한다.
    .why = 남았으면 NET_RX를 다시 올린다. in_net_rx_action은 그대로 두므로 다른 쪽에서 또 올릴 필요가 없다.
net-rx-action-send-ipis = { $subject }이(가) { $object }을(를) 넘겨 net_rps_action_and_irq_enable()을(를) 호출한다.

# net_rps_action_and_irq_enable()
net-rps-action-and-irq-enable-enable = { $subject }이(가) 보낼 RPS 메시지가 없으므로 { $object }을(를) 켠다.
    .object = 인터럽트

# napi_poll()
napi-poll-unlink = { $subject }이(가) { $object }을(를) 전용 리스트에서 떼어 낸다.
napi-poll-repoll = { $subject }이(가) { $object }의 weight가 다 쓰였으면 repoll 리스트에 단다.
    .why = 그 리스트는 다음 net_rx_action()을 기다린다. 호출 한 번에 NAPI 하나는 패킷을 64개까지만 올린다.

# __napi_poll()
do-napi-poll-call = { $subject }이(가) { $object }에 대해 드라이버의 poll 함수를 weight 64로 호출한다.
    .why = SCHED를 가진 쪽만 폴링하므로 두 CPU가 한 링을 비우는 일은 없다. weight는 이번 폴링이 가져갈 최대 패킷 수다.
do-napi-poll-trace = { $subject }이(가) { $object }에 대한 드라이버의 poll 함수에서 돌아온다.
    .why = 여기서 트레이스포인트 napi_poll이 찍힌다. 몇 개 가운데 몇 개를 가져갔는지 알려 준다.
do-napi-poll-decide = { $subject }이(가) { $object }의 weight가 다 쓰였는지 검사한다.
    .why = 다 쓰지 않았으면 드라이버가 NAPI를 내놓은 것이라 더 건드리면 안 된다. 벌써 다른 곳에서 스케줄되었을 수 있다.
do-napi-poll-flush-gro = { $subject }이(가) { $object }의 GRO에 붙들린 패킷이 있는지 검사하고 내보낸다.
    .why = HZ가 1000보다 작으면 모두 내보낸다. 다음 폴링이 한참 뒤일 수 있기 때문이다.
do-napi-poll-flush = { $subject }이(가) { $object }의 rx_list에 아직 있는 것을 스택 위로 올린다.
    .why = 이 NAPI는 나중 바퀴에서야 다시 폴링된다. 이미 받은 패킷이 그때까지 기다리면 안 된다.
do-napi-poll-keep = { $subject }이(가) { $object }의 소유권을 쥔 채 한 번 더 폴링하라고 알린다.

# napi_complete_done()
napi-complete-done-test-owner = { $subject }이(가) { $object }을(를) netpoll이나 busy poll이 쥐고 있는지 검사한다.
    .why = 그렇다면 napi_complete_done()은 아무것도 바꾸지 않고 false를 돌려준다.
napi-complete-done-timeout = { $subject }이(가) { $object }이(가) 패킷을 처리했으면 붙들린 패킷의 시한과 새 횟수를 정한다.
    .why = gro_flush_timeout은 GRO에 붙들린 패킷이 있어야 쓰인다. defer_hard_irqs_count는 일이 있던 폴링마다 새로 시작한다.
napi-complete-done-defer = { $subject }이(가) { $object }의 defer_hard_irqs_count가 남아 있으면 하나 줄인다.
    .why = 횟수가 남고 시한이 설정돼 있는 동안 인터럽트는 꺼진 채고 타이머가 대신 폴링하게 한다.
napi-complete-done-flush-gro = { $subject }이(가) 끝내기 전에 { $object }의 GRO에 붙들린 패킷을 내보낸다.
    .why = 시한이 없으면 폴링이 끝날 때 아무것도 붙들려 있으면 안 된다. 시한이 있으면 더 묵은 것만 내보낸다.
napi-complete-done-deliver = { $subject }이(가) { $object }의 rx_list에 남은 것을 스택 위로 올린다.
    .why = 묶음이 다 차지 않았어도 마지막 패킷들은 인터럽트를 다시 켜기 전에 소켓에 닿는다.
napi-complete-done-disown = { $subject }이(가) { $object }의 list_owner에 -1을(를) 쓴다. 이제 어느 CPU의 리스트에도 없다.
napi-complete-done-release = { $subject }이(가) { $object }을(를) 내놓는다. MISSED가 없으면 SCHED를 지운다.
    .why = 원자적 연산 한 번이다. 그사이 요청이 왔으면 MISSED가 설정되어 있으므로 SCHED를 남겨 요청을 놓치지 않는다.
napi-complete-done-start-timer = { $subject }이(가) { $object }의 타이머를 건다. 다른 계기가 없으면 타이머가 폴링을 시작시킨다.
    .why = 아직 도는 타이머라면 시각만 옮긴다. 미루기가 없으면 인터럽트도 함께 켠다.
napi-complete-done-run-again = { $subject }이(가) MISSED를 보고 { $object }에 대해 __napi_schedule()을(를) 다시 호출한다.
napi-complete-done-refuse = { $subject }이(가) { $object }에 대해 false를 돌려준다. 인터럽트는 꺼진 채로 둔다.
    .why = 어차피 폴링이 한 번 더 이어지므로 인터럽트로 알릴 것이 없다.

## ice 드라이버

# ice_probe()
ice-probe-enable = { $subject }이(가) { $object }을(를) 활성화한다. 이제 메모리 접근에 응답한다.
ice-probe-map-bar = { $subject }이(가) { $object }의 레지스터(BAR 0)를 가상 주소에 매핑한다.
    .why = hw_addr는 CPU가 쓰는 주소다. hw_addr에 오프셋을 더해 writel()을(를) 하면 버스를 건너 레지스터에 닿는다.
ice-probe-dma-mask = { $subject }이(가) { $object }의 DMA 주소는 64비트까지 된다고 커널에 알린다.
ice-probe-bus-master = { $subject }이(가) { $object }의 Bus Master 비트를 켠다.
    .why = 이 비트가 없으면 DMA도 MSI-X 메시지도 장치 밖으로 나올 수 없다.
ice-probe-init-device = { $subject }이(가) { $object }을(를) 리셋하고 무엇을 할 수 있는지 펌웨어에 묻는다.
ice-probe-vectors = { $subject }이(가) MSI-X 벡터들과 { $object }의 q_vector를 할당한다.
    .why = q_vector는 인터럽트 하나, NAPI 하나, 그 링들을 한데 묶는다.
ice-probe-rings = { $subject }이(가) { $object }의 소프트웨어 객체를 할당한다. 디스크립터는 아직 없다.
ice-probe-map-rings = { $subject }이(가) { $object }을(를) 그 q_vector에 단다.
    .why = 그래서 폴링할 때 어느 링을 비울지 안다.
ice-probe-rss-table = { $subject }이(가) { $object }을(를) 큐 번호로 차례차례 채운다.
    .object = RSS 테이블
    .why = i번 칸은 i를 큐 수로 나눈 나머지 큐를 가리킨다. 그래서 해시가 큐에 고루 퍼진다.
ice-probe-napi-add = { $subject }이(가) { $object }의 NAPI를 등록하려고 ice_napi_add()을(를) 호출한다.

# ice_vsi_open()
ice-open-setup-rings = { $subject }이(가) { $object }의 메모리를 할당하려고 ice_setup_rx_ring()을(를) 호출한다.
ice-open-configure = { $subject }이(가) { $object }을(를) NIC에 알리려고 ice_vsi_cfg_rxq()을(를) 호출한다.
ice-open-fill = { $subject }이(가) { $object }을(를) 처음으로 채우려고 ice_alloc_rx_bufs()을(를) 호출한다.
    .why = 한 슬롯만 빼고 모두 버퍼를 받는다. 모두 채우면 가득 찬 링과 빈 링을 구별할 수 없다.
ice-open-request-irq = { $subject }이(가) { $object }에 대해 request_irq()을(를) 호출한다.
ice-open-connect-vector = { $subject }이(가) { $object }에 써서 큐 { $value }을(를) 벡터에 잇는다.
    .object = QINT_RQCTL과(와) GLINT_ITR
    .why = QINT_RQCTL은(는) 큐의 원인이 세울 벡터를, GLINT_ITR은(는) 두 인터럽트 사이의 최소 시간을 정한다.
ice-open-enable-queue = { $subject }이(가) 큐 { $value }의 { $object }에 QENA_REQ를 켜고 NIC이 확인해 주기를 기다린다.
    .object = QRX_CTRL
    .why = 이때부터 장치는 DMA로 메모리에 쓸 수 있다.
ice-open-enable-napi = { $subject }이(가) { $object }의 NAPI에 대해 napi_enable()을(를) 호출한다.
ice-open-arm = { $subject }이(가) GLINT_DYN_CTL에 INTENA를 써서 { $object }을(를) 켠다.
    .why = 버퍼, 핸들러, NAPI가 모두 준비된 뒤라서 첫 인터럽트가 와도 빠진 것이 없다.

# ice_setup_rx_ring()
ice-setup-rx-ring-shadow = { $subject }이(가) { $object }의 섀도 배열 rx_buf를 할당한다.
    .why = 드라이버만 본다. 디스크립터마다 어느 페이지를 걸었는지 적어 두며 장치는 그 존재를 모른다.
ice-setup-rx-ring-descriptors = { $subject }이(가) 장치와 함께 쓰는 { $object }의 디스크립터 메모리를 할당한다.
    .why = 메모리는 하나, 주소는 둘이다. desc는 CPU가 쓰는 가상 주소, dma는 장치가 쓰는 주소다. GFP_KERNEL이라 잠들 수 있다.
ice-setup-rx-ring-indices = { $subject }이(가) { $object }의 next_to_use, next_to_clean, first_desc를 0으로 둔다.

# ice_setup_rx_ctx()
ice-setup-rx-ctx-context = { $subject }이(가) 링 { $value }의 DMA 주소와 길이를 { $object }에 쓴다.
    .object = 큐 컨텍스트(RLAN)
    .why = 링의 DMA 주소가 여기서 장치에 넘어간다. 가상 주소는 드라이버가 가지고 있다.
ice-setup-rx-ctx-tail = { $subject }이(가) 링 { $value }의 { $object }의 매핑된 주소를 적어 두고 0을(를) 쓴다.
    .why = ring->tail은 hw_addr에 QRX_TAIL을 더한 가상 주소로, 그 뒤에는 NIC의 레지스터가 있다.

# ice_msix_clean_rings()
ice-msix-clean-rings-count = { $subject }이(가) { $object }의 이벤트를 하나 더 센다.
    .why = 이 핸들러는 링도 레지스터도 건드리지 않는다. 패킷 처리는 모두 폴링에 맡긴다.
ice-msix-clean-rings-prepare = { $subject }이(가) { $object }에 대해 napi_schedule_prep()을(를) 호출한다.
ice-msix-clean-rings-schedule = { $subject }이(가) { $object }의 소유권을 얻었는지 검사한다. 얻었으면 스케줄한다.
    .why = 이미 소유자가 있으면 핸들러의 일은 끝이다. 그 소유자가 MISSED를 보게 된다.

# ice_napi_poll()
ice-napi-poll-clean = { $subject }이(가) { $object }에서 패킷을 가져오려고 ice_clean_rx_irq()을(를) 호출한다.
ice-napi-poll-decide = { $subject }이(가) 결과 { $object }이(가) budget을(를) 다 쓴 것인지 검사한다.
    .why = 다 썼다면 패킷이 더 있을 수 있다. 그러면 폴링을 계속하고 인터럽트는 켜지 않는다.
ice-napi-poll-write-back = { $subject }이(가) 폴링을 이어 가려고 { $object }에 대해 ice_set_wb_on_itr()을(를) 호출한다.
    .why = 폴링 모드에 머무는 동안에도 NIC이 다 차지 않은 캐시라인의 디스크립터까지 써 주어야 한다.
ice-napi-poll-keep = { $subject }이(가) budget 전부인 { $object }을(를) 돌려준다. 다시 폴링해 달라는 뜻이다.
ice-napi-poll-complete = { $subject }이(가) { $object }을(를) 내놓으려고 napi_complete_done()을(를) 호출한다.
ice-napi-poll-rearm = { $subject }이(가) { $object }을(를) 다시 켜도 되는지 검사한다.
    .why = napi_complete_done()이 true를 돌려준 때만 켠다. false면 폴링이 한 번 더 이어진다.
ice-napi-poll-refused = { $subject }이(가) { $object }을(를) 끈 채로 두고 대신 ice_set_wb_on_itr()을(를) 호출한다.
    .why = 누군가 다시 폴링할 것이므로 인터럽트는 필요 없지만 디스크립터는 계속 써 주어야 한다.
ice-napi-poll-return = { $subject }이(가) budget보다 적은 { $object }을(를) NAPI에 돌려준다.
    .why = 많아야 budget - 1이다. budget 전부를 돌려주면 다시 폴링해 달라는 뜻이 된다.

# ice_set_wb_on_itr()
ice-set-wb-on-itr-test = { $subject }이(가) { $object }이(가) 이미 WB_ON_ITR 모드인지 검사한다.
    .why = 이어지는 폴링마다 레지스터 쓰기는 한 번이면 된다.
ice-set-wb-on-itr-write = { $subject }이(가) 벡터 { $value }의 { $object }에 써서 인터럽트 없이도 디스크립터를 써 달라고 한다.
    .object = GLINT_DYN_CTL
    .why = INTENA_MSK는 이 쓰기가 INTENA와 무관하다는 표시다. 인터럽트는 꺼진 채로 남는다.
ice-set-wb-on-itr-note = { $subject }이(가) { $object }이(가) 이제 이 모드라고 wb_on_itr에 적는다.

# ice_enable_interrupt()
ice-enable-interrupt-leave = { $subject }이(가) { $object }의 WB_ON_ITR 모드를 끝내고 소프트웨어 인터럽트를 하나 요청한다.
    .why = 모드가 바뀌는 사이에 디스크립터를 놓칠 수 있다. SWINT_TRIG로 NIC이 인터럽트를 한 번 더 보내게 한다.
ice-enable-interrupt-write = { $subject }이(가) { $object }에 써서 벡터 { $value }을(를) 다시 켠다.
    .object = GLINT_DYN_CTL
    .why = 응답을 기다리지 않는 쓰기라서 CPU는 바로 다음 일을 하고 NIC은 나중에 본다. ITR_NONE은 조절 간격을 그대로 둔다.

# ice_clean_rx_irq()
ice-clean-rx-irq-loop = { $subject }이(가) 이번 폴링에서 가져온 { $object }을(를) budget과(와) 비교한다.
    .why = budget에 이르면 패킷이 남아도 루프를 끝낸다. 바쁜 링 하나가 CPU를 독차지하지 못한다.
ice-clean-rx-irq-test-dd = { $subject }이(가) { $object }에 NIC이 DD를 설정했는지 검사한다.
    .why = 장치가 쓴 캐시라인이라 CPU가 새로 가져와야 한다. 이 경로의 첫 기다림이다. DD가 없으면 루프를 끝낸다.
ice-clean-rx-irq-barrier = { $subject }이(가) { $object }의 나머지를 반드시 DD 다음에 읽도록 한다.
    .why = dma_rmb()다. 없으면 순서가 느슨한 CPU가 장치가 쓰기 전의 길이를 쓸 수 있다. x86에서는 비용이 없다.
ice-clean-rx-irq-read-size = { $subject }이(가) { $object }에서 { $packet }의 길이를 읽는다.
ice-clean-rx-irq-get-buffer = { $subject }이(가) { $packet }을(를) 담은 { $object }을(를) 잡고 ntc를 한 슬롯 옮긴다.
    .why = pagecnt_bias--는 드라이버가 비축해 둔 페이지 참조를 하나 꺼낸다. 그래서 패킷마다 원자적 연산을 하지 않는다.
ice-clean-rx-irq-prepare-buff = { $subject }이(가) { $object }에 든 { $packet }의 바이트를 xdp_buff로 가리킨다.
    .why = xdp_buff는 포인터 몇 개뿐이다. XDP 프로그램이 있으면 sk_buff가 생기기 전인 지금 돈다.
ice-clean-rx-irq-add-frag = { $subject }이(가) { $packet }의 xdp_buff에 { $object }을(를) 조각으로 보탠다.
    .why = 앞선 디스크립터에서, 어쩌면 앞선 폴링에서 시작된 패킷이다. xdp_buff의 data가 아직 남아 있다.
ice-clean-rx-irq-test-eop = { $subject }이(가) { $packet }의 끝이 { $object }에 있는지 검사한다.
    .why = EOF가 없으면 프레임이 다음 디스크립터로 이어진다. MTU 1500이면 프레임마다 하나로 충분하다.
ice-clean-rx-irq-sample-count = { $subject }이(가) { $packet }을(를) 담은 페이지마다 { $object }을(를) 읽어 둔다.
    .object = page_count
    .why = 패킷을 올리기 전에 pgcnt에 적어 두어 재사용 검사 전에 아무도 바꾸지 못하게 한다.
ice-clean-rx-irq-build-skb = { $subject }이(가) { $object }의 { $packet }에 대해 ice_build_skb()을(를) 호출한다.
ice-clean-rx-irq-construct-skb = { $subject }이(가) { $object }의 { $packet }에 대해 ice_construct_skb()을(를) 호출한다.
    .why = legacy_rx 설정이 켜져 있다. 헤더는 따로 둔 헤드로 복사하고 나머지는 장치가 쓴 자리에 그대로 둔다.
ice-clean-rx-irq-put-buffer = { $subject }이(가) { $object }을(를) 재활용하거나 놓아주려고 ice_put_rx_mbuf()을(를) 호출한다.
ice-clean-rx-irq-test-skb =
    { $found ->
       *[yes] { $subject }이(가) sk_buff를 얻었는지 검사한다. { $object }을(를) 얻었다.
        [no] { $subject }이(가) { $object }을(를) 얻었는지 검사한다. 얻지 못해 패킷을 잃는다.
    }
    .why = sk_buff를 만들 메모리가 없으면 패킷을 잃고 rx_alloc_fail이 오르며 루프가 끝난다.
ice-clean-rx-irq-drop-error = { $subject }이(가) RXE 비트를 보고 { $packet }을(를) 담은 { $object }을(를) 해제한다.
    .why = 드라이버의 어떤 카운터도 오르지 않고 budget에도 들지 않는다.
ice-clean-rx-irq-pad = { $subject }이(가) { $packet }의 { $object }을(를) 0으로 채워 60바이트로 늘린다.
    .why = 이더넷 프레임은 적어도 60바이트다. 패딩이 떨어져 나간 곳에서 캡처한 프레임이다.
ice-clean-rx-irq-fields = { $subject }이(가) 디스크립터로 { $object }을(를) 채우려고 ice_process_skb_fields()을(를) 호출한다.
ice-clean-rx-irq-receive = { $subject }이(가) { $object }을(를) 넘기려고 ice_receive_skb()을(를) 호출한다.
ice-clean-rx-irq-count = { $subject }이(가) 패킷을 하나 더 센다. 이번 폴링에서 지금까지 { $object }다.
ice-clean-rx-irq-store-clean = { $subject }이(가) ntc를 { $object }의 next_to_clean에 저장한다.
    .why = 루프 동안 ntc는 지역 변수였다. 다음 폴링은 이 슬롯에서 시작한다.
ice-clean-rx-irq-refill = { $subject }이(가) { $object }의 빈 슬롯을 리필하려고 ice_alloc_rx_bufs()을(를) 호출한다.
    .why = ice는 폴링마다 루프가 끝난 뒤 한 번 리필한다. igb는 빈 슬롯이 16개가 될 때마다 한다.
ice-clean-rx-irq-return = { $subject }이(가) { $object }을(를) ice_napi_poll()에 돌려준다.
    .why = 리필에 실패했으면 곧 다시 폴링되도록 budget 전부를 돌려준다.

# ice_build_skb()
ice-build-skb-build = { $subject }이(가) { $object }을(를) 감싸려고 napi_build_skb()을(를) 호출한다.
    .why = 장치가 쓴 메모리를 sk_buff로 감쌀 뿐 페이로드는 복사하지 않는다.
ice-build-skb-reserve =
    { $found ->
       *[yes] { $subject }이(가) { $object }의 data, tail, len을 { $packet }의 바이트에 맞춘다.
        [no] { $subject }이(가) { $packet }에 쓸 { $object }을(를) 얻지 못해 NULL을 돌려준다.
    }
    .why = skb_reserve()가 헤드룸 192바이트를 건너뛰고 __skb_put()이 프레임 길이를 더한다.
ice-build-skb-frags = { $subject }이(가) { $packet }의 조각들을 { $object }의 len, data_len, truesize에 더한다.
    .why = 조각 목록은 이미 있다. 첫 버퍼 뒤쪽, skb_shared_info가 있어야 할 바로 그 자리에 쓰여 있다.

# ice_construct_skb()
ice-construct-skb-alloc = { $subject }이(가) { $object }의 헤더를 담을 256바이트를 얻으려고 napi_alloc_skb()을(를) 호출한다.
ice-construct-skb-test-size =
    { $found ->
       *[yes] { $subject }이(가) { $packet }이(가) 256바이트를 넘으면 eth_get_headlen()에 복사할 길이를 묻는다: { $object }.
        [no] { $subject }이(가) { $packet }에 쓸 { $object }을(를) 할당하지 못해 NULL을 돌려준다.
    }
    .why = 256바이트까지는 패킷을 통째로 복사하므로 버퍼가 바로 빈다.
ice-construct-skb-copy = { $subject }이(가) { $packet }의 앞쪽 바이트를 { $object }의 data 자리에 복사한다.
    .why = 스택은 헤더를 거기서 읽는다. 버퍼를 그대로 감쌀 때 아끼던 복사를 여기서는 패킷마다 한 번 치른다.
ice-construct-skb-add-rest = { $subject }이(가) 버퍼에 남은 { $packet }의 나머지를 { $object }에 0번 조각으로 단다.
    .why = 페이로드는 복사하지 않는다. 조각은 같은 페이지에서 헤더 바로 뒤부터다.
ice-construct-skb-take-back = { $subject }이(가) { $packet }을(를) 모두 복사했으므로 { $object }의 참조를 되돌린다.
    .why = 이 반쪽은 이제 아무도 붙들지 않는다. 그래도 ice_put_rx_mbuf()는 다른 반쪽의 소유자를 가리지 않고 바꾼다.
ice-construct-skb-add-frags = { $subject }이(가) { $packet }의 나머지 버퍼들을 { $object }에 조각으로 단다.

# ice_put_rx_mbuf()
ice-put-rx-mbuf-flip = { $subject }이(가) { $object }을(를) 나머지 반쪽으로 바꾸거나 참조를 되돌린다.
    .why = 올렸으면 이 반쪽은 스택의 것이고 다음에는 다른 반쪽을 건다. 올리지 않았으면 참조가 제자리로 돌아간다.
ice-put-rx-mbuf-test-reuse = { $subject }이(가) { $object }의 다른 반쪽을 아무도 쥐고 있지 않은지 검사한다.
    .why = pgcnt - pagecnt_bias는 스택에 나가 있는 조각 수다. 이 패킷뿐이면 페이지는 링에 남아도 된다.
ice-put-rx-mbuf-reuse = { $subject }이(가) { $object }의 페이지를 next_to_alloc 슬롯으로 옮긴다.
    .why = 매핑도 함께 간다. 매핑을 해제했다 다시 할 일이 없으니 IOMMU도 할 일이 없다.
ice-put-rx-mbuf-unmap = { $subject }이(가) { $object }의 페이지에 대해 dma_unmap_page_attrs()을(를) 호출한다.
    .why = 소켓처럼 누군가 다른 반쪽을 아직 쥐고 있다. 다시 걸 수 없는 페이지라 링을 떠난다.
ice-put-rx-mbuf-drain = { $subject }이(가) { $object }에 비축해 둔 페이지 참조를 모두 해제한다.
    .why = 페이지 자체는 그것을 쓰는 마지막 sk_buff가 해제될 때까지 살아 있다.
ice-put-rx-mbuf-advance = { $subject }이(가) { $object }의 first_desc를 ntc로 둔다. 다루던 패킷의 버퍼 정리가 끝났다.

# ice_process_skb_fields()
ice-process-skb-fields-hash = { $subject }이(가) 디스크립터의 RSS 해시를 { $object }에 옮긴다.
    .why = NIC이 이미 계산해 둔 값이다. GRO가 이 값으로 버킷을 고른다.
ice-process-skb-fields-type = { $subject }이(가) { $object }에 대해 eth_type_trans()을(를) 호출한다.
ice-process-skb-fields-checksum = { $subject }이(가) 체크섬에 대해 NIC이 알아낸 것을 { $object }에 적는다.
    .why = L3L4P가 있고 오류 비트가 없으면 CHECKSUM_UNNECESSARY다. CPU가 바이트를 다시 더할 필요가 없다.

# ice_receive_skb()
ice-receive-skb-give = { $subject }이(가) { $packet }의 { $object }을(를) 넘겨 napi_gro_receive()을(를) 호출한다.

# ice_alloc_rx_bufs()
ice-alloc-rx-bufs-test-page = { $subject }이(가) { $object }에 이미 페이지가 있는지 검사한다.
    .why = 재활용된 페이지는 매핑까지 되어 있으므로 주소만 디스크립터에 쓰면 된다.
ice-alloc-rx-bufs-alloc-page = { $subject }이(가) { $object }에 쓸 페이지를 페이지 할당자에 요청한다.
    .why = GFP_ATOMIC이다. softirq는 메모리를 기다리며 잠들 수 없다. 페이지가 없으면 리필을 멈추고 다시 폴링한다.
ice-alloc-rx-bufs-map-page = { $subject }이(가) { $object }의 새 페이지에 대해 dma_map_page_attrs()을(를) 호출한다.
ice-alloc-rx-bufs-stock-page = { $subject }이(가) { $object }에 페이지 참조 65535개를 비축해 둔다.
    .why = 원자적 덧셈 한 번으로 여러 패킷을 감당한다. 패킷마다 pagecnt_bias에서 참조를 하나씩 꺼내 쓴다.
ice-alloc-rx-bufs-write-address = { $subject }이(가) 버퍼의 DMA 주소를 { $object }에 쓴다.
    .why = 지난 write-back이 pkt_addr를 덮었으므로 한 바퀴 돌 때마다 주소를 다시 써야 한다.
ice-alloc-rx-bufs-clear-next = { $subject }이(가) 다음에 채울 { $object }의 상태를 지운다.
    .why = 그래서 리필이 끝나는 곳까지 지난 바퀴에서 남은 DD 비트가 보이는 일이 없다.
ice-alloc-rx-bufs-release = { $subject }이(가) { $object }에 NIC이 아직 모르는 버퍼가 들어왔는지 검사한다.

# ice_release_rx_desc()
ice-release-rx-desc-store = { $subject }이(가) { $object }의 next_to_use와 next_to_alloc을 저장한다.
    .why = tail 레지스터는 8의 배수만 받는다. 마지막 배수를 넘는 슬롯은 나중까지 CPU의 것이다.
ice-release-rx-desc-barrier = { $subject }이(가) 도어벨을 울리기 전에 { $object }에 쓴 것을 보이게 한다.
    .why = wmb()다. 없으면 NIC이 낡은 주소를 읽어 이제는 다른 데 쓰이는 메모리에 패킷을 쓸 수 있다.
ice-release-rx-desc-doorbell = { $subject }이(가) { $object }에 { $value }을(를) 써서 도어벨을 울린다.
    .why = 매핑된 주소에 writel()을(를) 한다. CPU는 응답을 기다리지 않고 바로 다음 일을 하며 NIC은 나중에 본다.

## igb 드라이버

# igb_probe()
igb-probe-enable = { $subject }이(가) { $object }의 메모리 접근을 활성화한다.
igb-probe-dma-mask = { $subject }이(가) { $object }의 DMA 주소는 64비트까지 된다고 커널에 알린다.
igb-probe-bus-master = { $subject }이(가) { $object }의 Bus Master 비트를 켠다.
    .why = 이 비트가 없으면 DMA도 MSI-X 메시지도 장치 밖으로 나올 수 없다.
igb-probe-map-bar = { $subject }이(가) { $object }의 레지스터(BAR 0)를 가상 주소에 매핑한다.
    .why = io_addr는 CPU가 쓰는 주소다. io_addr에 오프셋을 더해 writel()을(를) 하면 버스를 건너 레지스터에 닿는다.
igb-probe-vectors = { $subject }이(가) { $object }을(를) 포함한 MSI-X 벡터들을 할당한다.
    .why = 벡터 0은 링크와 그 밖의 이벤트에 쓰고 수신 큐는 자기 벡터를 따로 가진다.
igb-probe-rings = { $subject }이(가) q_vector와 { $object }을(를) 함께 할당한다. 디스크립터는 아직 없다.
    .why = q_vector는 인터럽트 하나, NAPI 하나, 그 링을 한데 묶는다.
igb-probe-rss-table = { $subject }이(가) { $object }을(를) 큐마다 한 구역씩 큐 번호로 채운다.
    .object = RSS 테이블인 RETA
    .why = 128칸을 큐들이 똑같은 크기의 구역으로 나눠 가진다. 그래서 해시가 큐에 고루 퍼진다.
igb-probe-napi-add = { $subject }이(가) { $object }의 NAPI를 등록하려고 netif_napi_add()을(를) 호출한다.

# __igb_open()
igb-open-setup-rings = { $subject }이(가) { $object }의 메모리를 할당하려고 igb_setup_rx_resources()을(를) 호출한다.
igb-open-configure = { $subject }이(가) { $object }을(를) NIC에 알리려고 igb_configure_rx_ring()을(를) 호출한다.
igb-open-fill = { $subject }이(가) { $object }을(를) 처음으로 채우려고 igb_alloc_rx_buffers()을(를) 호출한다.
    .why = 한 슬롯만 빼고 모두 버퍼를 받는다. 모두 채우면 가득 찬 링과 빈 링을 구별할 수 없다.
igb-open-request-irq = { $subject }이(가) { $object }에 대해 request_irq()을(를) 호출한다.
igb-open-enable-napi = { $subject }이(가) { $object }의 NAPI에 대해 napi_enable()을(를) 호출한다.
igb-open-arm = { $subject }이(가) EIAC, EIAM, EIMS에 써서 { $object }을(를) 켠다.
    .why = EIAC와 EIAM 덕분에 벡터가 발생할 때 NIC이 스스로 원인을 지우고 벡터를 마스크한다.

# igb_setup_rx_resources()
igb-setup-rx-resources-shadow = { $subject }이(가) { $object }의 섀도 배열 rx_buffer_info를 할당한다.
    .why = 드라이버만 본다. 디스크립터마다 어느 페이지를 걸었는지 적어 두며 장치는 그 존재를 모른다.
igb-setup-rx-resources-descriptors = { $subject }이(가) 장치와 함께 쓰는 { $object }의 디스크립터 메모리를 할당한다.
    .why = 메모리는 하나, 주소는 둘이다. desc는 CPU가 쓰는 가상 주소, dma는 장치가 쓰는 주소다. GFP_KERNEL이라 잠들 수 있다.
igb-setup-rx-resources-indices = { $subject }이(가) { $object }의 next_to_alloc, next_to_clean, next_to_use를 0으로 둔다.

# igb_configure_rx_ring()
igb-configure-rx-ring-base = { $subject }이(가) 링 { $value }의 DMA 주소와 길이를 { $object }에 쓴다.
    .object = RDBAL, RDBAH, RDLEN
    .why = 링의 DMA 주소가 여기서 장치에 넘어간다. 가상 주소는 드라이버가 가지고 있다.
igb-configure-rx-ring-tail = { $subject }이(가) 링 { $value }의 { $object }의 매핑된 주소를 적어 두고 RDH와 RDT를 0으로 둔다.
    .why = ring->tail은 io_addr에 RDT를 더한 가상 주소로, 그 뒤에는 NIC의 레지스터가 있다.
igb-configure-rx-ring-enable = { $subject }이(가) { $object }에 QUEUE_ENABLE을(를) 켠다. 이제 NIC이 큐 { $value }을(를) 쓸 수 있다.
    .object = RXDCTL
    .why = 첫 버퍼는 이 바로 뒤에 걸린다.

# igb_msix_ring()
igb-msix-ring-test-itr = { $subject }이(가) { $object }에 쓸 새 간격이 있는지 검사한다.
    .why = EITR은(는) set_itr가 설정되어 있을 때만 쓴다. 첫 인터럽트이거나 값이 바뀐 때다.
igb-msix-ring-write-itr = { $subject }이(가) 벡터 { $value }의 새 간격을 { $object }에 쓴다.
    .object = EITR
igb-msix-ring-prepare = { $subject }이(가) { $object }에 대해 napi_schedule_prep()을(를) 호출한다.
igb-msix-ring-schedule = { $subject }이(가) { $object }의 소유권을 얻었는지 검사한다. 얻었으면 스케줄한다.
    .why = 이미 소유자가 있으면 핸들러의 일은 끝이다. 그 소유자가 MISSED를 보게 된다.

# igb_poll()
igb-poll-clean = { $subject }이(가) { $object }에서 패킷을 가져오려고 igb_clean_rx_irq()을(를) 호출한다.
igb-poll-decide = { $subject }이(가) 결과 { $object }이(가) budget을(를) 다 쓴 것인지 검사한다.
    .why = 다 썼다면 패킷이 더 있을 수 있다. 그러면 폴링을 계속하고 인터럽트는 켜지 않는다.
igb-poll-keep = { $subject }이(가) budget 전부인 { $object }을(를) 돌려준다. 다시 폴링해 달라는 뜻이다.
igb-poll-complete = { $subject }이(가) { $object }을(를) 내놓으려고 napi_complete_done()을(를) 호출한다.
igb-poll-rearm = { $subject }이(가) { $object }을(를) 다시 켜도 되는지 검사한다.
    .why = napi_complete_done()이 true를 돌려준 때만 켠다. false면 폴링이 한 번 더 이어진다.
igb-poll-return = { $subject }이(가) budget보다 적은 { $object }을(를) NAPI에 돌려준다.

# igb_ring_irq_enable()
igb-ring-irq-enable-write = { $subject }이(가) { $object }에 써서 벡터 { $value }을(를) 다시 켠다.
    .object = EIMS
    .why = 벡터가 발생할 때 NIC이 EIMS의 비트를 스스로 지웠다. 응답을 기다리지 않는 쓰기라서 NIC은 나중에 본다.

# igb_clean_rx_irq()
igb-clean-rx-irq-loop = { $subject }이(가) 이번 폴링에서 가져온 { $object }을(를) budget과(와) 비교한다.
    .why = budget에 이르면 패킷이 남아도 루프를 끝낸다. 바쁜 링 하나가 CPU를 독차지하지 못한다.
igb-clean-rx-irq-refill-batch = { $subject }이(가) { $object }의 빈 슬롯이 16개 이상이라 igb_alloc_rx_buffers()을(를) 호출한다.
    .why = igb는 루프 안에서 빈 슬롯이 16개가 될 때마다 리필한다. ice는 폴링마다 루프 뒤에 한 번 한다.
igb-clean-rx-irq-read-length = { $subject }이(가) { $object }에 NIC이 길이를 썼는지 검사한다.
    .why = igb는 DD가 아니라 길이를 본다. 리필 때 0으로 두었으므로 길이가 있으면 장치가 이 디스크립터를 마친 것이다.
igb-clean-rx-irq-barrier = { $subject }이(가) { $object }의 나머지를 반드시 길이 다음에 읽도록 한다.
    .why = dma_rmb()다. 없으면 순서가 느슨한 CPU가 장치가 쓰기 전의 값을 쓸 수 있다. x86에서는 비용이 없다.
igb-clean-rx-irq-get-buffer = { $subject }이(가) { $packet }을(를) 담은 { $object }을(를) 잡고 페이지 카운트를 적어 둔다.
    .why = pagecnt_bias--는 드라이버가 비축해 둔 페이지 참조를 하나 꺼낸다. 그래서 패킷마다 원자적 연산을 하지 않는다.
igb-clean-rx-irq-prepare-buff = { $subject }이(가) { $object }에 든 { $packet }의 바이트를 xdp_buff로 가리킨다.
    .why = xdp_buff는 포인터 몇 개뿐이다. XDP 프로그램이 있으면 sk_buff가 생기기 전인 지금 돈다.
igb-clean-rx-irq-add-frag = { $subject }이(가) { $object }의 { $packet }에 대해 igb_add_rx_frag()을(를) 호출한다.
    .why = 쥐고 있는 sk_buff가 있다. 앞선 디스크립터에서 시작된 패킷이 이 디스크립터로 이어진다.
igb-clean-rx-irq-build-skb = { $subject }이(가) { $object }의 { $packet }에 대해 igb_build_skb()을(를) 호출한다.
igb-clean-rx-irq-construct-skb = { $subject }이(가) { $object }의 { $packet }에 대해 igb_construct_skb()을(를) 호출한다.
    .why = legacy_rx 설정이 켜져 있다. 헤더는 따로 둔 헤드로 복사하고 나머지는 장치가 쓴 자리에 그대로 둔다.
igb-clean-rx-irq-test-skb =
    { $found ->
       *[yes] { $subject }이(가) sk_buff를 얻었는지 검사한다. { $object }을(를) 얻었다.
        [no] { $subject }이(가) { $object }을(를) 얻었는지 검사한다. 얻지 못해 슬롯을 그대로 둔다.
    }
    .why = igb는 여기서 패킷을 잃지 않는다. 슬롯이 제자리에 남아 다음 폴링에서 이 패킷을 다시 시도한다.
igb-clean-rx-irq-put-buffer = { $subject }이(가) { $object }을(를) 재활용하거나 놓아주려고 igb_put_rx_buffer()을(를) 호출한다.
igb-clean-rx-irq-cleaned = { $subject }이(가) { $object }의 next_to_clean을 한 슬롯 옮긴다.
igb-clean-rx-irq-drop-error = { $subject }이(가) 디스크립터의 오류 비트를 보고 { $packet }을(를) 담은 { $object }을(를) 해제한다.
    .why = NETIF_F_RXALL 기능이 켜져 있으면 그래도 위로 올린다.
igb-clean-rx-irq-pad = { $subject }이(가) igb_cleanup_headers()에서 { $packet }의 { $object }을(를) 0으로 채워 60바이트로 늘린다.
    .why = 채우기 전에 캡처한 프레임은 선 위의 어떤 프레임보다도 짧다.
igb-clean-rx-irq-fields = { $subject }이(가) 디스크립터로 { $object }을(를) 채우려고 igb_process_skb_fields()을(를) 호출한다.
igb-clean-rx-irq-receive = { $subject }이(가) { $packet }의 { $object }을(를) 넘겨 napi_gro_receive()을(를) 호출한다.
igb-clean-rx-irq-count = { $subject }이(가) 패킷을 하나 더 센다. 이번 폴링에서 지금까지 { $object }다.
igb-clean-rx-irq-refill-rest = { $subject }이(가) { $object }에 리필할 빈 슬롯이 남았는지 검사한다.
    .why = igb는 16개가 안 되는 나머지도 리필해 NIC에 되도록 많은 버퍼를 준다.
igb-clean-rx-irq-return = { $subject }이(가) { $object }을(를) igb_poll()에 돌려준다.
    .why = 리필에 실패해도 결과는 그대로다. ice와 달리 그 때문에 다시 폴링해 달라고 하지 않는다.

# igb_build_skb()
igb-build-skb-build = { $subject }이(가) { $object }을(를) 감싸려고 napi_build_skb()을(를) 호출한다.
    .why = 장치가 쓴 메모리를 sk_buff로 감쌀 뿐 페이로드는 복사하지 않는다.
igb-build-skb-reserve =
    { $found ->
       *[yes] { $subject }이(가) { $object }의 data, tail, len을 { $packet }에 맞추고 버퍼의 반쪽을 바꾼다.
        [no] { $subject }이(가) { $packet }에 쓸 { $object }을(를) 얻지 못해 NULL을 돌려준다.
    }
    .why = 반쪽을 바꾸면(page_offset ^= truesize) 다음에는 페이지의 다른 반쪽을 걸게 된다.
# igb_construct_skb()
igb-construct-skb-alloc = { $subject }이(가) { $object }의 헤더를 담을 256바이트를 얻으려고 napi_alloc_skb()을(를) 호출한다.
igb-construct-skb-test-size =
    { $found ->
       *[yes] { $subject }이(가) { $packet }이(가) 256바이트를 넘으면 eth_get_headlen()에 복사할 길이를 묻는다: { $object }.
        [no] { $subject }이(가) { $packet }에 쓸 { $object }을(를) 할당하지 못해 NULL을 돌려준다.
    }
    .why = 256바이트까지는 패킷을 통째로 복사하므로 버퍼가 바로 빈다.
igb-construct-skb-copy = { $subject }이(가) { $packet }의 앞쪽 바이트를 { $object }의 data 자리에 복사한다.
    .why = 스택은 헤더를 거기서 읽는다. 버퍼를 그대로 감쌀 때 아끼던 복사를 여기서는 패킷마다 한 번 치른다.
igb-construct-skb-add-rest = { $subject }이(가) 버퍼에 남은 { $packet }의 나머지를 { $object }에 0번 조각으로 단다.
    .why = 페이로드는 복사하지 않는다. 조각은 같은 페이지에서 헤더 바로 뒤부터다.
igb-construct-skb-flip = { $subject }이(가) { $packet }에 반쪽을 내준 { $object }을(를) 나머지 반쪽으로 바꾼다.
igb-construct-skb-take-back = { $subject }이(가) { $packet }을(를) 모두 복사했으므로 { $object }의 참조를 되돌린다.
    .why = 같은 반쪽을 다시 내놓는다.

# igb_add_rx_frag()
igb-add-rx-frag-add = { $subject }이(가) { $packet }의 { $object }에 버퍼를 조각으로 단다.
    .why = 복사는 없다. 헤더는 첫 버퍼에만 있고 나머지 버퍼에는 페이로드뿐이다.
igb-add-rx-frag-flip = { $subject }이(가) { $packet }의 조각이 든 { $object }을(를) 나머지 반쪽으로 바꾼다.

# igb_put_rx_buffer()
igb-put-rx-buffer-test-reuse = { $subject }이(가) { $object }의 다른 반쪽을 아무도 쥐고 있지 않은지 검사한다.
    .why = pgcnt - pagecnt_bias는 스택에 나가 있는 조각 수다. 이 패킷뿐이면 페이지는 링에 남아도 된다.
igb-put-rx-buffer-reuse = { $subject }이(가) { $object }의 페이지를 next_to_alloc 슬롯으로 옮긴다.
    .why = 매핑도 함께 간다. 매핑을 해제했다 다시 할 일이 없으니 IOMMU도 할 일이 없다.
igb-put-rx-buffer-unmap = { $subject }이(가) { $object }의 페이지에 대해 dma_unmap_page_attrs()을(를) 호출한다.
    .why = 소켓처럼 누군가 다른 반쪽을 아직 쥐고 있다. 다시 걸 수 없는 페이지라 링을 떠난다.
igb-put-rx-buffer-drain = { $subject }이(가) { $object }에 비축해 둔 페이지 참조를 모두 해제한다.
    .why = 페이지 자체는 그것을 쓰는 마지막 sk_buff가 해제될 때까지 살아 있다.

# igb_process_skb_fields()
igb-process-skb-fields-hash = { $subject }이(가) 디스크립터의 RSS 해시를 { $object }에 옮긴다.
    .why = NIC이 이미 계산해 둔 값이다. GRO가 이 값으로 버킷을 고른다.
igb-process-skb-fields-checksum = { $subject }이(가) 체크섬에 대해 NIC이 알아낸 것을 { $object }에 적는다.
    .why = UDPCS나 TCPCS가 있고 오류 비트가 없으면 CHECKSUM_UNNECESSARY다. CPU가 바이트를 다시 더할 필요가 없다.
igb-process-skb-fields-type = { $subject }이(가) { $object }에 대해 eth_type_trans()을(를) 호출한다.

# igb_alloc_rx_buffers()
igb-alloc-rx-buffers-test-page = { $subject }이(가) { $object }에 이미 페이지가 있는지 검사한다.
    .why = 재활용된 페이지는 매핑까지 되어 있으므로 주소만 디스크립터에 쓰면 된다.
igb-alloc-rx-buffers-alloc-page = { $subject }이(가) { $object }에 쓸 페이지를 페이지 할당자에 요청한다.
    .why = GFP_ATOMIC이다. softirq는 메모리를 기다리며 잠들 수 없다. 페이지가 없으면 리필을 멈춘다.
igb-alloc-rx-buffers-map-page = { $subject }이(가) { $object }의 새 페이지에 대해 dma_map_page_attrs()을(를) 호출한다.
igb-alloc-rx-buffers-stock-page = { $subject }이(가) { $object }에 페이지 참조 65535개를 비축해 둔다.
    .why = 원자적 덧셈 한 번으로 여러 패킷을 감당한다. 패킷마다 pagecnt_bias에서 참조를 하나씩 꺼내 쓴다.
igb-alloc-rx-buffers-write-address = { $subject }이(가) 버퍼의 DMA 주소를 { $object }에 쓴다.
    .why = 지난 write-back이 pkt_addr를 덮었으므로 한 바퀴 돌 때마다 주소를 다시 써야 한다.
igb-alloc-rx-buffers-clear-next = { $subject }이(가) 다음에 채울 { $object }의 길이를 지운다.
    .why = 그래서 리필이 끝나는 곳까지 지난 바퀴에서 남은 길이가 보이는 일이 없다.
igb-alloc-rx-buffers-store = { $subject }이(가) { $object }의 next_to_use와 next_to_alloc을 저장한다.
igb-alloc-rx-buffers-barrier = { $subject }이(가) 도어벨을 울리기 전에 { $object }에 쓴 것을 보이게 한다.
    .why = dma_wmb()다. 없으면 NIC이 낡은 주소를 읽어 이제는 다른 데 쓰이는 메모리에 패킷을 쓸 수 있다.
igb-alloc-rx-buffers-doorbell = { $subject }이(가) { $object }에 { $value }을(를) 써서 도어벨을 울린다.
    .why = ice와 달리 8의 배수로 맞추지 않고 값을 그대로 쓴다. NIC은 이 쓰기를 나중에 본다.

## DMA 매핑

# dma_map_page_attrs()
dma-map-page-attrs-map = { $subject }이(가) { $object }을(를) 장치에 매핑하고 DMA 주소를 얻는다.
    .why = IOMMU가 있으면 IOVA를 할당하고 페이지 테이블 항목을 쓴다. 장치는 매핑된 곳에만 닿는다.

# dma_unmap_page_attrs()
dma-unmap-page-attrs-unmap = { $subject }이(가) { $object }의 매핑을 없애 장치에서 거두어들인다.
    .why = IOVA를 해제하고 IOTLB 항목을 비운다. 이제 장치가 접근하면 거부된다.

## sk_buff

# napi_build_skb()
napi-build-skb-take =
    { $found ->
       *[yes] { $subject }이(가) { $packet }에 쓸 빈 sk_buff를 { $object }에서 찾는다. 맨 위에 sk_buff { $value }이(가) 있다.
        [no] { $subject }이(가) { $packet }에 쓸 빈 sk_buff를 { $object }에서 찾는다. 비어 있다.
    }
    .object = 자기 sk_buff 캐시
    .why = napi_alloc_cache는 이 CPU만의 캐시다. 캐시가 비었을 때만 slab에 요청한다.
napi-build-skb-refill =
    { $value ->
        [0] { $subject }이(가) 캐시를 채우려 slab에 요청하지만 얻지 못한다: { $object }.
       *[other] { $subject }이(가) slab에서 { $object }을(를) 한꺼번에 할당해 캐시에 넣는다.
    }
    .why = 한 번에 열여섯 개를 받아 여러 패킷에 나눠 쓴다. softirq는 잠들 수 없으므로 GFP_ATOMIC이다.
napi-build-skb-fail = { $subject }이(가) { $object }을(를) 돌려준다. sk_buff를 만들 메모리가 없다.
    .object = NULL
napi-build-skb-build = { $subject }이(가) { $object }에 대해 __build_skb_around()을(를) 호출한다.
napi-build-skb-mark = { $subject }이(가) { $object }에 head_frag를 설정한다. head가 페이지의 조각이라는 뜻이다.
    .why = 그래서 GRO가 sk_buff를 통째로 frag_list에 달지 않고 head를 조각으로 넘겨받을 수 있다.

# napi_alloc_skb()
napi-alloc-skb-head =
    { $found ->
       *[yes] { $subject }이(가) { $packet }의 헤더를 담으려고 { $object }에서 1024바이트를 잘라 낸다.
        [no] { $subject }에 { $packet }의 헤더를 담게 잘라 낼 { $object }이(가) 남아 있지 않다.
    }
    .why = CPU마다 제 페이지 하나에서 끝부터 작은 헤드를 네 개까지 잘라 쓴다.
napi-alloc-skb-page =
    { $found ->
       *[yes] { $subject }이(가) { $object }을(를) 할당하고 { $packet }에 쓸 첫 1024바이트를 잘라 낸다.
        [no] { $subject }이(가) 작은 헤드를 잘라 낼 { $object }을(를) 요청하지만 얻지 못한다.
    }
    .why = 이 페이지의 참조는 넷이다. 앞으로 잘라 낼 헤드마다 하나씩이다.
napi-alloc-skb-no-head = { $subject }이(가) { $object }을(를) 돌려준다. { $packet }의 헤더를 담을 페이지가 없다.
    .object = NULL
napi-alloc-skb-take = { $subject }이(가) { $packet }의 작은 헤드에 붙일 sk_buff를 { $object }에서 찾는다.
    .object = 자기 sk_buff 캐시
napi-alloc-skb-refill =
    { $value ->
        [0] { $subject }이(가) 작은 헤드에 붙일 sk_buff를 slab에 요청하지만 얻지 못한다: { $object }.
       *[other] { $subject }이(가) 작은 헤드에 붙일 { $object }을(를) slab에서 한꺼번에 할당해 캐시에 넣는다.
    }
napi-alloc-skb-free-head = { $subject }이(가) { $packet }에 쓸 sk_buff가 없어 { $object }의 작은 헤드를 돌려준다.
napi-alloc-skb-build = { $subject }이(가) 1024바이트를 주며 { $object }에 대해 __build_skb_around()을(를) 호출한다.
napi-alloc-skb-reserve = { $subject }이(가) { $object }의 작은 헤드에서 64바이트를 건너뛰고 head_frag를 설정한다.
    .why = 이 헤드도 페이지의 조각이다. 페이로드가 들었으면 GRO가 넘겨받을 수 있다.

# eth_get_headlen()
eth-get-headlen-dissect = { $subject }이(가) 버퍼에서 { $packet }의 헤더를 읽어 { $object }에 복사할 길이를 돌려준다.
    .why = 이더넷, IP, 전송 계층 헤더를 차례로 훑는다. 장치가 쓴 것을 처음 만지는 순간이다.

# __pskb_pull_tail()
pskb-pull-tail-copy = { $subject }이(가) { $object }의 첫 조각에서 바이트를 헤드 뒤로 복사한다.
    .why = 헤더는 헤드에서만 읽는다. 이 패킷은 헤더가 얼마나 긴지 드라이버가 알 수 없었다.

# __build_skb_around()
build-skb-around-point = { $subject }이(가) { $object }의 head로 { $packet }을(를) 담은 버퍼를 가리킨다.
    .why = head와 data는 장치가 쓴 페이지를 가리키고 tail과 end는 head에서 잰 오프셋이다. sk_buff 자신에는 패킷 바이트가 없다.

# skb_release_data()
skb-release-data-put-page = { $subject }이(가) { $object }에 대한 { $packet }의 참조를 놓는다.
    .why = page_count가 하나 준다. 그래서 드라이버의 다음 재사용 검사가 통과할 수 있다.

# kfree_skbmem()
kfree-skbmem-free = { $subject }이(가) { $object }을(를) slab에 돌려준다.
    .why = sk_buff만 돌려준다. 페이지는 누군가 참조를 쥐고 있는 한 살아 있다.

# sk_skb_reason_drop()
kfree-skb-reason-reason = { $subject }이(가) { $packet }을(를) 버리며 이유를 남긴다: { $object }.
    .why = 여기서 이 이유와 함께 트레이스포인트 kfree_skb가 찍힌다. 패킷을 왜 잃었는지 트레이서로 알 수 있다.
kfree-skb-reason-release = { $subject }이(가) 버린 { $object }에 대해 skb_release_all()을(를) 호출한다.
kfree-skb-reason-free = { $subject }이(가) 버린 { $object }에 대해 kfree_skbmem()을(를) 호출한다.

# skb_attempt_defer_free()
skb-attempt-defer-free-test-cpu = { $subject }이(가) 끝까지 읽은 { $object }을(를) 이 CPU가 할당했는지 검사한다.
    .why = 다른 CPU가 할당했다면 그 CPU로 돌려보내 캐시와 락을 다투지 않는다. 여기서는 늘 이 CPU다.
skb-attempt-defer-free-release = { $subject }이(가) bottom half를 끄고 다 읽은 { $object }에 대해 skb_release_all()을(를) 호출한다.
    .why = 이 CPU의 sk_buff 캐시는 softirq도 쓰므로 도중에 끼어들지 못하게 한다.
skb-attempt-defer-free-put = { $subject }이(가) 다 읽은 { $object }에 대해 napi_skb_cache_put()을(를) 호출한다.
    .why = UDP와 달리 이 CPU의 캐시로 돌아가므로 다음 napi_build_skb()가 꺼내 쓴다.
skb-attempt-defer-free-enable = { $subject }이(가) sk_buff를 돌려준 뒤 { $object }을(를) 다시 켜려고 __local_bh_enable_ip()을(를) 호출한다.
    .object = bottom half

# skb_try_coalesce()
skb-try-coalesce-copy = { $subject }이(가) { $object }의 바이트가 앞 패킷의 뒷자리에 들어가는지 검사하고, 들어가면 복사한다.
    .why = 작은 세그먼트 여럿이 sk_buff 하나를 나눠 쓴다. 뒷자리는 이미 잡아 둔 메모리다.
skb-try-coalesce-room = { $subject }이(가) { $object } 앞의 패킷에 자리가 있는지 검사한다. 조각은 17개까지이고 frag_list가 없어야 한다.
    .why = 자리가 없으면 합치지 않고 따로 둔다.
skb-try-coalesce-take = { $subject }이(가) { $object }의 헤드와 조각들을 앞 패킷의 조각으로 단다.
    .why = 바이트는 복사하지 않는다. 페이지만 넘어가고 빈 sk_buff만 남는다.
skb-try-coalesce-account = { $subject }이(가) { $object }의 길이와 메모리를 넘겨받은 패킷에 더한다.
    .why = truesize는 빈 sk_buff의 몫만 빼고 는다. 소켓은 쥐고 있는 만큼 값을 치른다.

# kfree_skb_partial()
kfree-skb-partial-test = { $subject }이(가) { $object }에 빈 sk_buff만 남았는지 검사한다.
    .why = 헤드와 페이지가 다른 패킷으로 넘어갔으면 남겨야 한다. 바이트를 복사했으면 통째로 해제한다.
kfree-skb-partial-free = { $subject }이(가) 껍데기만 남은 { $object }을(를) slab에 돌려준다.
kfree-skb-partial-whole = { $subject }이(가) 바이트를 모두 내준 { $object }에 대해 __kfree_skb()을(를) 호출한다.

# __kfree_skb()
kfree-skb-release = { $subject }이(가) 할 일을 마친 { $object }에 대해 skb_release_all()을(를) 호출한다.
    .why = 여기서는 트레이스포인트 kfree_skb가 찍히지 않는다. 잃은 것이 아니라 할 일을 마친 패킷이다.
kfree-skb-free = { $subject }이(가) 할 일을 마친 { $object }에 대해 kfree_skbmem()을(를) 호출한다.

## GRO

# eth_type_trans()
eth-type-trans-pull = { $subject }이(가) { $object }의 이더넷 헤더를 읽고 data를 그 뒤로 옮긴다.
    .why = 패킷의 바이트를 처음 건드리는 곳이다. 14바이트는 제자리에 있고 포인터만 움직인다.

# napi_gro_receive()
napi-gro-receive-mark = { $subject }이(가) { $object }에 napi_id를 적는다.
napi-gro-receive-ask = { $subject }이(가) { $object }에 대해 dev_gro_receive()을(를) 호출한다.
napi-gro-receive-finish = { $subject }이(가) { $packet }의 GRO 결과를 보고 처리한다: { $object }.
    .why = NORMAL이면 줄에 세우고, MERGED_FREE면 sk_buff와 조각이 되지 않은 head를 해제하고, 이어졌거나 붙들렸으면 남겨 둔다.
napi-gro-receive-queue = { $subject }이(가) { $object }을(를) NAPI의 rx_list에 단다.
    .why = GRO_NORMAL: 아무것도 합치지 않는다. 여럿이 한꺼번에 스택을 오르도록 여기서 기다린다.
napi-gro-receive-test-batch = { $subject }이(가) { $object }의 rx_list가 gro_normal_batch에 이르렀는지 검사한다.
    .why = 기본값은 8이다. 다 찬 묶음은 폴링 도중이라도 바로 스택 위로 올라간다.
napi-gro-receive-exit = { $subject }이(가) { $object }을(를) 드라이버에 돌려준다.
    .why = 여기서 이 결과와 함께 트레이스포인트 napi_gro_receive_exit가 찍힌다.

# dev_gro_receive()
dev-gro-receive-bucket = { $subject }이(가) { $object }의 해시로 GRO 버킷을 찾고 후보를 표시한다.
    .why = 버킷은 8개이며 같은 버킷에 붙들린 패킷하고만 비교한다.
dev-gro-receive-protocol = { $subject }이(가) { $object }의 ethertype에 맞는 GRO 핸들러가 있으면 호출한다.
    .why = IPv4에는 있다. 핸들러가 없으면 패킷은 그대로 스택 위로 올라간다.
dev-gro-receive-complete = { $subject }이(가) 핸들러의 답에 따라 붙들린 패킷을 내보낸다. { $object }은(는) 그 뒤를 따르거나 이미 그 안에 있다.
    .why = 새 패킷이 뒤에 이어지지 않거나, 플래그나 짧은 길이로 끝을 알리면 붙들린 패킷이 떠난다.
dev-gro-receive-decide = { $subject }이(가) { $object }이(가) 합쳐졌는지, 붙들면 안 되는지 검사한다.
    .why = same_flow는 합쳐졌다는 뜻이고, flush는 혼자 올라간다는 뜻이다.
dev-gro-receive-flush-oldest = { $subject }이(가) 버킷에 8개가 차 있으면 { $object }의 자리를 비운다.
    .why = MAX_GRO_SKBS: 가장 오래된 패킷이 먼저 떠난다.
dev-gro-receive-hold = { $subject }이(가) 같은 플로가 더 올 때까지 { $object }을(를) 버킷에 붙들어 둔다.
    .why = GRO_HELD. 이 페이로드 길이가 뒤따르는 세그먼트가 넘을 수 없는 mss가 된다.

# inet_gro_receive()
inet-gro-receive-header = { $subject }이(가) { $object }의 IPv4 헤더가 병합할 만한지 검사한다.
    .why = IP 옵션이 있거나 조각이거나 체크섬이 틀리면 안 된다. 여기서 버리지는 않고 따로 올릴 뿐이다.
inet-gro-receive-candidates = { $subject }이(가) { $object }의 주소를 붙들린 패킷들의 주소와 비교한다.
    .why = 프로토콜이나 주소가 다르면 그 붙들린 패킷의 same_flow가 0이 된다.
inet-gro-receive-transport = { $subject }이(가) { $object }의 전송 계층 GRO 핸들러가 있으면 호출한다.

# tcp4_gro_receive(), tcp_gro_pull_header(), tcp_gro_receive()
tcp4-gro-receive-checksum = { $subject }이(가) { $object }의 TCP 체크섬이 맞는지 검사한다.
    .why = 합친 패킷은 체크섬이 하나뿐이다. 틀린 것이 그 안에 묻히면 안 된다.
tcp4-gro-receive-pull = { $subject }이(가) { $object }에 대해 tcp_gro_pull_header()을(를) 호출한다.
tcp4-gro-receive-receive = { $subject }이(가) { $object }의 TCP 헤더가 온전한지 검사하고 tcp_gro_receive()을(를) 호출한다.
tcp-gro-pull-header-pull = { $subject }이(가) { $object }의 TCP 헤더 길이를 검사하고 헤더를 건너뛴다.
tcp-gro-receive-lookup = { $subject }이(가) { $object }과(와) 같은 연결의 붙들린 패킷을 찾는다.
    .why = 이제 포트로 가린다. 주소와 프로토콜은 앞에서 비교했다.
tcp-gro-receive-compare = { $subject }이(가) { $object }이(가) 붙들린 패킷에 꼭 이어지는지 검사한다.
    .why = 플래그, ack, 옵션, window, TTL, TOS, IP id가 맞고 시퀀스 번호가 바로 다음이어야 한다.
tcp-gro-receive-merged = { $subject }이(가) { $object }이(가) 합쳐졌는지 검사하고 FIN과 PSH를 붙들린 패킷에 넘긴다.
tcp-gro-receive-final = { $subject }이(가) { $object }이(가) 묶음의 끝인지 검사한다. 짧거나 비었거나 PSH, FIN 같은 플래그가 있으면 끝이다.
    .why = 그런 세그먼트 뒤에는 붙들린 패킷이 곧바로 떠난다. 플래그가 있거나 빈 것은 합쳐지지 않았더라도 붙들어 두지 않는다.

# skb_gro_receive()
skb-gro-receive-test-size = { $subject }이(가) { $object }을(를) 더해도 붙들린 패킷이 65536바이트보다 작은지 검사한다.
    .why = gro_ipv4_max_size. 세그먼트가 1448바이트이면 45개까지 들어간다.
skb-gro-receive-take-frags = { $subject }이(가) { $object }의 조각들을 붙들린 패킷으로 옮긴다.
    .why = 페이로드가 모두 조각에 있으니 조각만 옮긴다. 헤더가 든 헤드는 놓아준다.
skb-gro-receive-take-head = { $subject }이(가) { $object }의 헤드 페이지를 붙들린 패킷의 조각으로 단다.
    .why = 바이트는 하나도 복사하지 않는다. 페이지, 오프셋, 크기만, 제 조각이 있으면 그것까지 옮긴다. 빈 sk_buff는 다시 쓴다.
skb-gro-receive-chain = { $subject }이(가) { $object }을(를) 통째로 붙들린 패킷의 frag_list에 단다.
    .why = 18번째 조각이 들어갈 자리가 없다. 뒤따르는 세그먼트는 이 sk_buff의 조각이 된다.
skb-gro-receive-account = { $subject }이(가) { $object }을(를) 셈에 넣는다. 붙들린 패킷의 count, len, data_len, truesize가 커진다.

# napi_gro_flush(), napi_gro_complete()
napi-gro-flush-next = { $subject }이(가) { $object }의 버킷에 붙들린 패킷이 남았는지 오래된 것부터 검사한다.
napi-gro-complete-single = { $subject }이(가) { $object }이(가) 홑 패킷인지 합친 패킷인지 검사한다.
    .why = 홑 패킷은 헤더를 고칠 것이 없다. gso_size만 0이 된다.
napi-gro-complete-inet = { $subject }이(가) { $object }에 대해 inet_gro_complete()을(를) 호출한다.
napi-gro-complete-queue = { $subject }이(가) { $object }을(를) NAPI의 rx_list에 단다. 세그먼트마다 센다.
napi-gro-complete-test-batch = { $subject }이(가) { $object }의 rx_list에 있는 세그먼트 수를 gro_normal_batch와 비교한다.
    .why = 패킷이 아니라 세그먼트를 센다. 세그먼트 8개짜리 패킷은 곧바로 올라간다.
napi-gro-complete-done = { $subject }이(가) { $object }의 GRO로 돌아간다.
inet-gro-complete-length = { $subject }이(가) { $object }의 IP 헤더에 모든 세그먼트의 길이를 적는다.
    .why = 이제부터 합친 패킷은 큰 패킷 하나로 보인다.
tcp4-gro-complete-checksum = { $subject }이(가) { $object }의 TCP 헤더에 의사 헤더의 합을 적는다.
tcp-gro-complete-segments = { $subject }이(가) { $object }에 세그먼트 수를 적는다.

# __napi_kfree_skb()
napi-kfree-skb-release = { $subject }이(가) 조각을 넘겨준 { $object }에 대해 skb_release_all()을(를) 호출한다.
    .why = 헤드에는 헤더만 남았고 붙들린 패킷에 이미 같은 것이 있다.
napi-kfree-skb-put = { $subject }이(가) 조각을 넘겨준 { $object }에 대해 napi_skb_cache_put()을(를) 호출한다.

# napi_skb_free_stolen_head(), napi_skb_cache_put()
napi-skb-free-stolen-head-put = { $subject }이(가) { $object }에 대해 napi_skb_cache_put()을(를) 호출한다.
    .why = 헤드는 이제 붙들린 패킷의 것이다. sk_buff 자체는 비어 있다.
napi-skb-cache-put-put = { $subject }이(가) { $object }을(를) sk_buff 캐시에 돌려준다.
    .why = 이 CPU의 다음 napi_build_skb()는 slab에 묻지 않고 여기서 꺼낸다.
napi-skb-cache-put-overflow = { $subject }이(가) 가득 찬 캐시의 { $object }을(를) slab에 돌려준다.


# udp4_gro_receive()
udp4-gro-receive-checksum = { $subject }이(가) { $object }의 UDP 체크섬을 이미 아는지 검사한다.
    .why = 터널이나 UDP_GRO 소켓이 없으므로(udp_encap_needed_key가 꺼져 있음) 여기서 소켓을 찾지는 않는다.

# udp_gro_receive()
udp-gro-receive-flush = { $subject }이(가) { $object }을(를) 합치지 않도록 표시한다.
    .why = 기본으로 UDP 데이터그램은 UDP_GRO를 요청한 소켓에 대해서만 합친다. 요청한 소켓이 없다.

## 스택

# netif_receive_skb_list_internal()
netif-receive-skb-list-internal-stamp = { $subject }이(가) NAPI에서 { $object }의 묶음을 넘겨받는다.
    .why = 묶음은 층층이 오른다. 모든 패킷이 한 계층을 지난 뒤에야 첫 패킷이 다음 계층에 들어간다.

# __netif_receive_skb_list_core()
netif-receive-skb-list-core-each =
    { $value ->
        [0] { $subject }이(가) 코어에서 묶음을 다 보았다. 남은 것은 { $object }다.
       *[other] { $subject }이(가) 남은 { $object } 가운데 첫째로 __netif_receive_skb_core()을(를) 호출한다.
    }
netif-receive-skb-list-core-protocol =
    { $value ->
        [0] { $subject }이(가) 여기서 끝낸다. IPv4로 갈 것은 { $object }다.
       *[other] { $subject }이(가) { $object }을(를) 넘겨 ip_list_rcv()을(를) 호출한다.
    }
    .why = 같은 프로토콜의 패킷은 함께 넘긴다.

# __netif_receive_skb_core()
netif-receive-skb-core-count = { $subject }이(가) { $object }을(를) softnet_data.processed에 세고 network_header를 정한다.
    .why = processed는 /proc/net/softnet_stat의 1번째 열이다.
netif-receive-skb-core-protocol = { $subject }이(가) { $object }의 ethertype에 맞는 핸들러를 찾는다.
    .why = tcpdump 같은 탭이 있다면 이 함수의 앞부분에서 패킷을 받는다.
netif-receive-skb-core-unhandled = { $subject }이(가) { $object }을(를) 원하는 프로토콜이 없어 버린다.

# ip_list_rcv()
ip-list-rcv-each =
    { $value ->
        [0] { $subject }이(가) 묶음을 모두 검사했다. 남은 것은 { $object }다.
       *[other] { $subject }이(가) 남은 { $object } 가운데 첫째로 ip_rcv_core()을(를) 호출한다.
    }
ip-list-rcv-dispatch =
    { $value ->
        [0] { $subject }이(가) 여기서 끝낸다. IPv4 검사를 통과한 것은 { $object }다.
       *[other] { $subject }이(가) { $object }을(를) 넘겨 ip_sublist_rcv()을(를) 호출한다.
    }

# ip_rcv_core()
ip-rcv-core-pull = { $subject }이(가) 헤드에 IP 헤더가 없는 { $object }에 대해 __pskb_pull_tail()을(를) 호출한다.
ip-rcv-core-header = { $subject }이(가) { $object }의 주소 종류, 헤더와 그 체크섬, 길이를 검사한다.
    .why = 이 호스트의 것이 아님, 잘못된 헤더, 틀린 체크섬, 잘린 패킷: 저마다 다른 이유와 카운터로 버려진다.
ip-rcv-core-trim = { $subject }이(가) { $object }을(를) IP 길이에 맞춰 자르고 transport_header를 정한다.
    .why = 프레임에서 IP 패킷 뒤에 오는 것은 패딩일 뿐이다.
ip-rcv-core-drop = { $subject }이(가) IPv4가 거부한 { $object }에 대해 kfree_skb_reason()을(를) 호출한다.

# ip_sublist_rcv()
ip-sublist-rcv-each =
    { $value ->
        [0] { $subject }이(가) 묶음 전체의 경로를 정했다. 남은 것은 { $object }다.
       *[other] { $subject }이(가) 남은 { $object } 가운데 첫째로 ip_rcv_finish_core()을(를) 호출한다.
    }
ip-sublist-rcv-deliver =
    { $value ->
        [0] { $subject }이(가) 경로가 같은 것을 모두 전달했다. 남은 것은 { $object }다.
       *[other] { $subject }이(가) 남은 { $object } 가운데 첫째로 dst_input()을(를) 호출한다.
    }
    .why = 경로에 따라 ip_local_deliver() 또는 ip_error()로 간다. 여기부터는 패킷마다 따로 간다.

# ip_rcv_finish_core()
ip-rcv-finish-core-hint = { $subject }이(가) { $object }에 바로 앞 패킷의 경로를 쓸 수 있는지 검사한다.
    .why = 목적지와 TOS가 같으면 경로 조회를 아낀다. 묶음의 첫 패킷에는 그런 힌트가 없다.
ip-rcv-finish-core-use-hint = { $subject }이(가) ip_route_use_hint()로 { $object }에 앞 패킷의 경로를 준다.
    .why = 로컬 경로일 때만 fib_validate_source()로 출발지 주소를 확인한다. 경로 조회는 하지 않는다.
ip-rcv-finish-core-demux = { $subject }이(가) { $object }에 대해 udp_v4_early_demux()을(를) 호출한다.
ip-rcv-finish-core-tcp-demux = { $subject }이(가) { $object }에 대해 tcp_v4_early_demux()을(를) 호출한다.
    .why = TCP 연결의 소켓은 경로를 기억한다. 지금 소켓을 찾으면 경로 조회를 아낄 수 있다.
ip-rcv-finish-core-found = { $subject }이(가) early demux가 { $object }에 소켓의 경로를 주었는지 검사한다.
    .why = 주었으면 ip_route_input_noref()를 호출하지 않는다.
ip-rcv-finish-core-route = { $subject }이(가) { $object }에 아직 경로가 없어 ip_route_input_noref()을(를) 호출한다.
ip-rcv-finish-core-accept = { $subject }이(가) { $object }을(를) 경로대로 전달하도록 받아들인다.

# udp_v4_early_demux()
udp-v4-early-demux-find = { $subject }이(가) { $object }에 맞는 연결된 소켓을 찾지만 없다.
    .why = 연결된 소켓이라면 경로를 이미 가지고 있다. 이 모델의 UDP 소켓은 연결되어 있지 않다.

# ip_route_input_noref()
ip-route-input-noref-slow = { $subject }이(가) { $object }에 대해 ip_route_input_slow()을(를) 호출한다.

# ip_route_input_slow()
ip-route-input-slow-lookup = { $subject }이(가) { $object }의 목적지에 대해 fib_lookup()을(를) 호출한다.
ip-route-input-slow-local = { $subject }이(가) 이 호스트로 온 { $object }에 대해 fib_validate_source()을(를) 호출한다.
ip-route-input-slow-no-route = { $subject }이(가) { $object }이(가) 다른 주소로 온 것을 알고 EHOSTUNREACH를 정한다.
    .why = 패킷을 넘겨주는 것은 라우터뿐이다. 여기서는 포워딩이 꺼져 있어 경로가 어디로 가든 상관없다.
ip-route-input-slow-unreachable = { $subject }이(가) 입력이 ip_error()인 새 경로를 { $object }에 적는다.
    .why = 이런 경로는 캐시에 두지 않는다. 힌트가 없으면 다음 패킷에 새로 만든다.
ip-route-input-slow-set = { $subject }이(가) { $object }에 로컬 경로를 적는다.
    .why = dst_input()이 어디로 갈지는 경로가 정한다. 여기서는 ip_local_deliver()다.

# fib_table_lookup()
fib-table-lookup-walk = { $subject }이(가) { $object }의 목적지와 가장 길게 맞는 프리픽스를 찾는다.

# fib_validate_source()
fib-validate-source-check = { $subject }이(가) { $object }의 출발지 주소가 이곳으로 들어와도 되는지 검사한다.
    .why = 여기서는 rp_filter가 꺼져 있어 출발지가 이 호스트의 주소만 아니면 된다.

# ip_error()
ip-error-count = { $subject }이(가) 경로가 EHOSTUNREACH인 { $object }을(를) InAddrErrors에 더한다.
    .why = 포워딩이 켜져 있다면 ICMP로 보낸 쪽에 알린다.
ip-error-drop = { $subject }이(가) 다른 주소로 온 { $object }에 대해 kfree_skb_reason()을(를) 호출한다.

# ip_local_deliver()
ip-local-deliver-fragment = { $subject }이(가) { $object }을(를) 보고 조각인지 검사한다.
    .why = 조각은 전송 계층이 보기 전에 여기서 다시 맞춘다. 모델에서는 여기서 끝난다.
ip-local-deliver-drop = { $subject }이(가) { $object }을(를) 버린다. 모델은 아직 조각을 다시 맞추지 않는다.

# ip_local_deliver_finish()
ip-local-deliver-finish-pull = { $subject }이(가) { $object }의 data를 IP 헤더 뒤로 옮긴다.
    .why = 헤더는 제자리에 있다. 이제 transport_header와 data가 같다.

# ip_protocol_deliver_rcu()
ip-protocol-deliver-rcu-raw = { $subject }이(가) { $object }에 대해 raw_local_deliver()을(를) 호출한다.
    .why = raw 소켓은 전송 계층 핸들러보다 먼저 사본을 받는다.
ip-protocol-deliver-rcu-handler = { $subject }이(가) { $object }의 프로토콜에 맞는 전송 계층 핸들러를 호출한다.
ip-protocol-deliver-rcu-not-modelled = { $subject }이(가) { $object }을(를) 버린다. 모델이 아직 이 전송 계층을 모른다.

# raw_local_deliver()
raw-local-deliver-find = { $subject }이(가) { $object }에 맞는 raw 소켓을 찾지만 없다.

## UDP와 소켓

# udp_rcv()
udp-rcv-call = { $subject }이(가) { $object }에 대해 __udp4_lib_rcv()을(를) 호출한다.

# __udp4_lib_rcv()
udp4-lib-rcv-length = { $subject }이(가) { $object }의 UDP 길이를 검사한다.
    .why = 패킷보다 길거나 헤더 8바이트보다 짧으면 버린다.
udp4-lib-rcv-checksum = { $subject }이(가) { $object }의 UDP 체크섬을 검사한다.
    .why = NIC이 준 CHECKSUM_UNNECESSARY면 충분해 페이로드를 한 바이트도 더하지 않는다. 아니면 짧은 데이터그램만 여기서 더한다.
udp4-lib-rcv-lookup = { $subject }이(가) { $object }에 대해 __udp4_lib_lookup()을(를) 호출한다.
udp4-lib-rcv-deliver =
    { $found ->
       *[yes] { $subject }이(가) 소켓을 찾았는지 검사한다. { $packet }은(는) { $object }(으)로 간다.
        [no] { $subject }이(가) { $object }을(를) 찾았는지 검사한다. { $packet }의 소켓은 없다.
    }
udp4-lib-rcv-drop = { $subject }이(가) UDP가 거부한 { $object }에 대해 sk_skb_reason_drop()을(를) 호출한다.

# __udp4_lib_lookup()
udp4-lib-lookup-by-address = { $subject }이(가) { $object }의 주소와 포트로 udp4_lib_lookup2()을(를) 호출한다.
    .why = 바로 이 주소에 바인드된 소켓이 모든 주소에 바인드된 소켓보다 앞선다.
udp4-lib-lookup-by-port = { $subject }이(가) { $object }의 포트만으로 udp4_lib_lookup2()을(를) 다시 호출한다.

# udp4_lib_lookup2()
udp4-lib-lookup2-search =
    { $found ->
       *[yes] { $subject }이(가) 해시 체인에서 { $packet }에 맞는 { $object }을(를) 찾는다.
        [no] { $subject }이(가) 해시 체인을 뒤지지만 { $packet }에 맞는 { $object }이(가) 없다.
    }

# udp_unicast_rcv_skb()
udp-unicast-rcv-skb-call = { $subject }이(가) { $packet }을(를) { $object }에 주려고 udp_queue_rcv_skb()을(를) 호출한다.

# udp_queue_rcv_skb()
udp-queue-rcv-skb-call = { $subject }이(가) { $packet }을(를) { $object }에 주려고 udp_queue_rcv_one_skb()을(를) 호출한다.

# udp_queue_rcv_one_skb()
udp-queue-rcv-one-skb-pull = { $subject }이(가) { $object }의 data를 UDP 헤더 뒤로 옮긴다.
    .why = 이제 data는 페이로드를 가리킨다. 모든 헤더는 같은 버퍼의 그 앞에 그대로 있다.
udp-queue-rcv-one-skb-enqueue = { $subject }이(가) { $packet }을(를) { $object }에 넣으려고 __udp_enqueue_schedule_skb()을(를) 호출한다.
udp-queue-rcv-one-skb-result = { $subject }이(가) { $object }에 패킷이 들어갔는지 검사한다.
    .why = 거부했으면 RcvbufErrors가 오르고 패킷을 버린다. 받았으면 읽는 쪽이 벌써 해제했을 수도 있다.

# __udp_enqueue_schedule_skb()
udp-enqueue-schedule-skb-test-memory = { $subject }이(가) { $object }에 { $packet }을(를) 받을 메모리가 남았는지 검사한다.
    .why = 이미 잡힌 메모리가 sk_rcvbuf를 넘었을 때만 거부하므로 패킷 하나쯤은 넘칠 수 있다.
udp-enqueue-schedule-skb-refuse = { $subject }이(가) { $packet }을(를) 받을 자리가 없는 { $object }의 sk_drops를 올린다.
    .why = 애플리케이션이 너무 느리게 읽는다. sk_drops는 이 소켓의, RcvbufErrors는 호스트 전체의 수다.
udp-enqueue-schedule-skb-condense = { $subject }이(가) { $object }의 조각을 헤드 뒤에 자리가 있으면 그리로 복사한다.
    .why = 소켓이 반 넘게 찼다. 지금 조금 복사해 두면 버퍼를 통째로 놓아주고 truesize도 줄어든다.
udp-enqueue-schedule-skb-charge = { $subject }이(가) { $object }의 수신 메모리 사용량에 { $packet }의 몫을 더한다.
    .why = 페이로드가 아니라 차지하는 메모리 truesize로 센다. 그래서 작은 패킷도 비싸다.
udp-enqueue-schedule-skb-append = { $subject }이(가) { $object }을(를) 소켓의 sk_receive_queue 끝에 단다.
    .why = 두 쪽이 이 큐에서 만난다. softirq가 달고 읽는 쪽이 가져간다.
udp-enqueue-schedule-skb-ready = { $subject }이(가) { $object }에 대해 sock_def_readable()을(를) 호출한다.
    .why = 데이터그램마다 호출하지만 잠든 쪽이 있는 것은 첫 번째 때뿐이다.

# sock_def_readable()
sock-def-readable-test-sleeper = { $subject }이(가) { $object }에서 잠든 태스크가 있는지 검사한다.
    .why = 이 검사에는 완전한 배리어가 따른다. 없으면 큐에 데이터가 있는데도 읽는 쪽이 잠들 수 있다.

# sock_def_wakeup()
sock-def-wakeup-test-sleeper = { $subject }이(가) 상태가 바뀐 { $object }에서 기다리는 태스크가 있는지 검사한다.
    .why = FIN이나 리셋은 무엇을 기다리든 알아야 한다. 그래서 모두 깨운다.

# __wake_up_sync_key()
wake-up-sync-key-call = { $subject }이(가) 소켓의 대기 큐를 훑어 { $object }의 깨우기 함수를 호출한다.

# receiver_wake_function()
receiver-wake-function-call = { $subject }이(가) 읽을 데이터를 기다리는 { $object }에 대해 autoremove_wake_function()을(를) 호출한다.

# autoremove_wake_function()
autoremove-wake-function-call = { $subject }이(가) { $object }에 대해 default_wake_function()을(를) 호출하고 대기 큐에서 뗀다.
    .why = 큐에서 떼어 두면 데이터그램이 더 와도 또 깨우지 않는다.

# default_wake_function()
default-wake-function-call = { $subject }이(가) { $object }에 대해 try_to_wake_up()을(를) 호출한다.

# try_to_wake_up()
try-to-wake-up-claim = { $subject }이(가) { $object }을(를) 검사해 잠들어 있으면 TASK_WAKING으로 바꾼다.

# ttwu_do_activate()
ttwu-do-activate-activate = { $subject }이(가) { $object }을(를) 깨워 이 CPU의 실행 큐에 넣는다.
    .why = 깨웠다고 바로 도는 것은 아니다. softirq가 끝나고 스케줄러가 골라야 CPU를 얻는다.

# udp_recvmsg()
udp-recvmsg-receive = { $subject }이(가) { $object }에 대해 __skb_recv_udp()을(를) 호출한다.
udp-recvmsg-copy = { $subject }이(가) { $packet }의 페이로드를 { $object }에서 사용자 메모리로 복사한다.
    .why = build_skb()를 쓰면 페이로드를 복사하는 단 한 곳이고 그전에는 포인터만 움직인다. 짧은 것은 construct_skb()나 skb_condense()에서 미리 복사되기도 한다.
udp-recvmsg-bad-checksum = { $subject }이(가) 체크섬이 틀린 { $object }에 대해 kfree_skb()을(를) 호출하고 다음 것을 찾는다.
    .why = 긴 데이터그램은 복사하면서 비로소 검사한다. 짧은 것은 softirq에서 이미 검사한다.
udp-recvmsg-consume = { $subject }이(가) { $object }을(를) 해제하려고 skb_consume_udp()을(를) 호출한다.
udp-recvmsg-return = { $subject }이(가) { $object }에 대한 recv()에서 바이트 수를 들고 돌아간다.

# __skb_recv_udp()
skb-recv-udp-lock = { $subject }이(가) { $object }의 reader_queue를 잠그고 bottom half를 끈다.
    .why = spin_lock_bh()다. 끄지 않으면 이 CPU의 softirq가 같은 락을 영원히 기다릴 수 있다.
skb-recv-udp-try-reader = { $subject }이(가) { $object }의 reader_queue에서 데이터그램을 꺼내려 한다.
    .why = 읽는 쪽은 자기 큐에서 꺼내므로 softirq와 락에서 부딪히는 일이 드물다.
skb-recv-udp-splice = { $subject }이(가) { $object }의 sk_receive_queue를 통째로 reader_queue로 옮긴다.
    .why = softirq가 쓰는 락을 기다리는 데이터그램 전부에 대해 한 번만 잡는다.
skb-recv-udp-unlock = { $subject }이(가) { $object }의 reader_queue 락을 풀고 __local_bh_enable_ip()을(를) 호출한다.
skb-recv-udp-got = { $subject }이(가) { $object }에서 데이터그램을 얻었는지 검사한다.
skb-recv-udp-prepare = { $subject }이(가) { $object }을(를) TASK_INTERRUPTIBLE로 소켓의 대기 큐에 넣는다.
skb-recv-udp-recheck = { $subject }이(가) 태스크가 잠들기 전에 { $object }에 데이터그램이 있는지 다시 검사한다.
    .why = 마지막으로 본 뒤에 왔을 수 있다. 이미 대기 큐에 있으므로 이제는 놓칠 수 없다.

# skb_consume_udp()
skb-consume-udp-release = { $subject }이(가) 다 읽은 { $object }에 대해 skb_release_data()을(를) 호출한다.
skb-consume-udp-free = { $subject }이(가) 다 읽은 { $object }에 대해 kfree_skbmem()을(를) 호출한다.
    .why = 다 읽은 데이터그램은 CPU의 sk_buff 캐시가 아니라 slab에 돌려준다.

## poll

# do_sys_poll()
do-sys-poll-ask = { $subject }이(가) { $object }에 대해 tcp_poll()을(를) 호출한다.
    .why = poll()은 잠들기 전에 묻고 깬 뒤에도 다시 묻는다. 깨어났다고 꼭 읽을 것이 있지는 않다.
do-sys-poll-found = { $subject }이(가) tcp_poll()이 { $object }에서 무언가 찾았는지 검사한다.
    .why = 찾았으면 잠들지 않고 돌아간다. 데이터가 계속 오는 동안은 컨텍스트 스위치를 할 일이 없다.
do-sys-poll-prepare = { $subject }이(가) { $object }을(를) poll()에서 재우기 전에 TASK_INTERRUPTIBLE로 바꾼다.
    .why = 마지막으로 보기 전에 바꾼다. 그 사이에 깨우면 도로 바뀌므로 놓치는 일이 없다.
do-sys-poll-sleep = { $subject }이(가) 그사이 pollwake()가 triggered를 설정하지 않았으면 { $object }을(를) poll()에서 재운다.
do-sys-poll-woken = { $subject }이(가) { $object }을(를) TASK_RUNNING으로 바꾸고 triggered를 지운다. poll()이 다시 본다.
do-sys-poll-leave = { $subject }이(가) poll()을 끝내며 { $object }의 대기 큐에서 태스크를 뗀다.
    .why = poll()은 아무것도 남기지 않는다. 다음 호출은 처음부터 다시 등록한다.

# tcp_poll()
tcp-poll-wait = { $subject }이(가) { $object }의 대기 큐에 태스크가 아직 없으면 넣는다.
    .why = 보기 전에 먼저 등록한다. 그래야 그사이 온 데이터도 태스크를 깨운다.
tcp-poll-look = { $subject }이(가) { $object }에 읽을 바이트가 있는지, 아니면 끝에 이르렀는지 검사한다.
    .why = rcv_nxt가 copied_seq보다 앞서면 읽을 바이트가 있다. 끝도 읽을 것으로 친다. recv()가 0을 돌려준다.

# pollwake()
poll-wake-trigger = { $subject }이(가) poll()에 있는 { $object }의 triggered를 설정하고 default_wake_function()을(를) 호출한다.
    .why = 태스크는 대기 큐에 그대로 있다. poll()을 끝낼 때 스스로 빠진다.

## TCP

# tcp_v4_early_demux()
tcp-v4-early-demux-header = { $subject }이(가) { $object }의 TCP 헤더가 연결을 찾을 만큼 긴지 검사한다.
    .why = 너무 짧아도 여기서 버리지는 않는다. tcp_v4_rcv()가 버린다.
tcp-v4-early-demux-lookup = { $subject }이(가) IP가 경로를 찾기 전에 { $object }에 대해 __inet_lookup_established()을(를) 호출한다.
tcp-v4-early-demux-take =
    { $found ->
       *[yes] { $subject }이(가) { $packet }을(를) { $object }에 잇고 소켓이 기억하는 경로를 준다.
        [no] { $subject }이(가) { $packet }의 { $object }을(를) 찾지 못한다. 경로는 IP가 찾아야 한다.
    }
    .why = sk_rx_dst는 이 연결의 앞선 패킷이 쓴 경로다. 조회 한 번을 IP와 TCP가 함께 쓴다.

# __inet_lookup_established()
inet-lookup-established-search =
    { $found ->
       *[yes] { $subject }이(가) 연결 해시 테이블에서 { $packet }에 맞는 { $object }을(를) 찾는다.
        [no] { $subject }이(가) 연결 해시 테이블을 뒤지지만 { $packet }에 맞는 { $object }이(가) 없다.
    }
    .why = 두 주소와 두 포트로 해시를 만든다. 리슨 소켓은 다른 테이블에 있다.

# tcp_v4_rcv()
tcp-v4-rcv-header = { $subject }이(가) { $object }의 TCP 헤더가 적어도 20바이트인지 검사한다.
tcp-v4-rcv-checksum = { $subject }이(가) NIC이 확인하지 않았으면 { $object }의 TCP 체크섬을 검사한다.
    .why = NIC이 준 CHECKSUM_UNNECESSARY면 충분하다. 아니면 76바이트까지는 여기서, 더 긴 세그먼트는 나중에 더한다.
tcp-v4-rcv-steal = { $subject }이(가) early demux가 { $object }에 소켓을 이어 두었는지 검사하고, 아니면 지금 찾는다.
    .why = 앞 패킷의 경로를 물려받은 패킷은 early demux를 거치지 않았다. 그 소켓은 여기서 찾는다.
tcp-v4-rcv-socket =
    { $found ->
       *[yes] { $subject }이(가) 연결을 찾았는지 검사한다. { $packet }은(는) { $object }의 것이다.
        [no] { $subject }이(가) { $object }을(를) 찾았는지 검사한다. { $packet }은(는) 어느 연결의 것도 아니다.
    }
tcp-v4-rcv-fill-cb = { $subject }이(가) { $object }에 대해 tcp_v4_fill_cb()을(를) 호출한다.
tcp-v4-rcv-owned = { $subject }이(가) { $packet }을(를) 주려고 { $object }을(를) 잠그고 태스크가 쓰는 중인지 검사한다.
    .why = 쓰는 중이면 softirq는 연결을 건드리지 않는다. 기다리지도 않고 세그먼트를 백로그에 둔다.
tcp-v4-rcv-backlog = { $subject }이(가) { $packet }을(를) { $object }의 백로그에 두려고 tcp_add_backlog()을(를) 호출한다.
    .why = 소켓을 쥔 태스크가 소켓을 놓을 때 처리한다.
tcp-v4-rcv-queued = { $subject }이(가) { $object }의 락을 풀고 백로그가 세그먼트를 받았는지 검사한다.
    .why = 받지 않았으면 세그먼트를 버린다. 상대가 다시 보내야 한다.
tcp-v4-rcv-listen = { $subject }이(가) 리슨 소켓으로 온 { $object }을(를) 여기서 끝낸다. 모델은 아직 핸드셰이크를 하지 않는다.
    .why = 모델은 이미 맺어진 연결에서 시작한다. 실제 커널이라면 SYN과 ACK로 답한다.
tcp-v4-rcv-no-socket = { $subject }이(가) { $object }의 연결을 찾지 못한다. RST를 보낼 자리지만 모델은 아직 송신하지 않는다.
    .why = RST는 받을 쪽이 없음을 상대에게 바로 알린다. 체크섬이 틀린 세그먼트에는 답하지 않는다.
tcp-v4-rcv-drop = { $subject }이(가) TCP가 거부한 { $object }에 대해 sk_skb_reason_drop()을(를) 호출한다.

# tcp_v4_fill_cb()
tcp-v4-fill-cb-fill = { $subject }이(가) { $object }의 시퀀스 번호와 플래그를 tcp_skb_cb에 적는다.
    .why = 아래 계층의 메모가 있던 자리를 다시 쓴다. end_seq에서 SYN과 FIN은 1바이트씩으로 친다.

# tcp_v4_do_rcv()
tcp-v4-do-rcv-state = { $subject }이(가) { $packet }을(를) 받을 { $object }의 상태가 TCP_ESTABLISHED인지 검사한다.
    .why = 데이터는 거의 모두 이 상태에서 온다. 그래서 전용 함수 tcp_rcv_established()가 있다.
tcp-v4-do-rcv-other = { $subject }이(가) { $packet }을(를) 넘겨 { $object }에 대해 tcp_rcv_state_process()을(를) 호출한다.
    .why = 나머지 상태는 모두 거기서 처리한다. 이 모델에서는 상대의 FIN이나 리셋 뒤의 상태다.

# tcp_rcv_established()
tcp-rcv-established-predict = { $subject }이(가) { $packet }의 헤더를 { $object }의 예측과 비교한다.
    .why = 데이터가 고르게 오면 플래그, 윈도우, 시퀀스 번호를 미리 알 수 있다. 비교 몇 번이 나머지 검사를 모두 대신한다.
tcp-rcv-established-pure-ack = { $subject }이(가) 예측대로이고 데이터가 없는 { $object }에 대해 tcp_ack()을(를) 호출한다.
tcp-rcv-established-free-ack = { $subject }이(가) 데이터 없는 ACK인 { $object }에 대해 __kfree_skb()을(를) 호출한다.
    .why = 담긴 것은 tcp_ack()이 다 반영했다. 애플리케이션이 볼 것은 없다.
tcp-rcv-established-space-ack = { $subject }이(가) 데이터 없는 ACK를 받은 { $object }에 대해 tcp_data_snd_check()을(를) 호출한다.
    .why = ACK가 오면 애플리케이션이 보낼 자리가 날 수 있다. 모델은 아직 송신하지 않는다.
tcp-rcv-established-test-memory = { $subject }이(가) { $object }에 미리 잡아 둔 메모리가 { $packet }에 넉넉한지 검사한다.
    .why = sk_forward_alloc은 페이지 단위로 미리 잡아 둔다. 모자라면 느린 경로에서 더 잡는다.
tcp-rcv-established-fast-pull = { $subject }이(가) 빠른 경로에서 { $object }의 data를 TCP 헤더 뒤로 옮긴다.
    .why = TCPHPHits가 이 길로 온 세그먼트를 센다.
tcp-rcv-established-fast-queue = { $subject }이(가) 빠른 경로에서 { $packet }을(를) { $object }에 주려고 tcp_queue_rcv()을(를) 호출한다.
tcp-rcv-established-fast-event = { $subject }이(가) 빠른 경로에서 { $object }의 { $packet }에 대해 tcp_event_data_recv()을(를) 호출한다.
tcp-rcv-established-fast-ack = { $subject }이(가) { $packet }이(가) { $object }에 새로 ACK하는 것이 있는지 검사한다.
    .why = 데이터가 한쪽으로만 흐르면 상대가 새로 ACK할 것이 없다. 그러면 tcp_ack()을 호출하지 않는다.
tcp-rcv-established-fast-space = { $subject }이(가) 예측대로 온 세그먼트에 새 ACK가 있어 { $object }에 대해 tcp_data_snd_check()을(를) 호출한다.
tcp-rcv-established-fast-check = { $subject }이(가) 보낼 ACK가 있으면 빠른 경로에서 { $object }에 대해 __tcp_ack_snd_check()을(를) 호출한다.
    .why = 빈틈은 볼 필요가 없다. 빈틈이 있는 동안은 헤더 예측이 꺼져 있다.
tcp-rcv-established-fast-free = { $subject }이(가) 빠른 경로에서 { $object }이(가) 합쳐졌는지 검사하고, 그랬으면 kfree_skb_partial()을(를) 호출한다.
    .why = 그 바이트는 큐의 마지막 패킷이 갖고 있다. 남은 것은 껍데기뿐이다.
tcp-rcv-established-fast-ready = { $subject }이(가) 빠른 경로에서 { $object }에 대해 tcp_data_ready()을(를) 호출한다.
tcp-rcv-established-slow = { $subject }이(가) 느린 경로에서 { $object }의 길이, 체크섬, 플래그를 검사한다.
    .why = 헤더가 예측과 달랐다. NIC이 확인하지 않은 것은 여기서 더한다. ACK, RST, SYN 가운데 하나는 있어야 한다.
tcp-rcv-established-validate = { $subject }이(가) { $object }의 { $packet }에 대해 tcp_validate_incoming()을(를) 호출한다.
tcp-rcv-established-passed = { $subject }이(가) { $object }이(가) 세그먼트를 받아들였는지 검사한다.
    .why = 거부한 세그먼트는 벌써 해제되었다. 더 건드리면 안 된다.
tcp-rcv-established-ack = { $subject }이(가) 느린 경로에서 { $object }에 대해 tcp_ack()을(를) 호출한다.
    .why = 예측대로인 세그먼트도 미리 잡아 둔 메모리가 모자라면 이리로 온다.
tcp-rcv-established-data = { $subject }이(가) { $object }의 ACK를 받아들였는지 검사하고, 그랬으면 tcp_data_queue()을(를) 호출한다.
tcp-rcv-established-space = { $subject }이(가) 느린 경로의 끝에서 { $object }에 대해 tcp_data_snd_check()을(를) 호출한다.
tcp-rcv-established-check = { $subject }이(가) 보낼 ACK가 있으면 느린 경로에서 { $object }에 대해 __tcp_ack_snd_check()을(를) 호출한다.
    .why = 데이터가 든 세그먼트마다 보낼 ACK가 생긴다. 언제 보낼지는 거기서 정한다.
tcp-rcv-established-drop = { $subject }이(가) 체크섬, 플래그, ACK 가운데 하나가 틀린 { $object }에 대해 tcp_drop_reason()을(를) 호출한다.

# tcp_validate_incoming()
tcp-validate-incoming-sequence = { $subject }이(가) { $packet }이(가) { $object }의 수신 윈도우 안에 있는지 검사한다.
    .why = 지난번에 확인한 곳보다 앞에서 끝나거나 윈도우 뒤에서 시작하면 안 된다. 낡았거나 이 연결의 것이 아니다.
tcp-validate-incoming-rst = { $subject }이(가) { $object }에 RST가 있는지, 있으면 다음에 기다리는 바로 그 바이트인지 검사한다.
    .why = 윈도우 안이라도 다른 바이트의 RST는 위조일 수 있다. 챌린지 ACK로 되물을 뿐 연결은 그대로다.
tcp-validate-incoming-syn = { $subject }이(가) { $object }에 SYN이 있는지 검사한다.
    .why = 열린 연결에는 SYN이 올 이유가 없다. 상대가 새로 시작했는지 챌린지 ACK로 되묻는다.
tcp-validate-incoming-answer = { $subject }이(가) { $object }에서 { $packet }에 ACK로 답할 자리지만 모델은 아직 송신하지 않는다.
    .why = 이 ACK는 어느 바이트를 기다리는지 상대에게 알려 서로 맞추게 한다.
tcp-validate-incoming-discard = { $subject }이(가) 연결에 맞지 않는 { $object }에 대해 tcp_drop_reason()을(를) 호출한다.
tcp-validate-incoming-reset = { $subject }이(가) { $packet }이(가) 연결을 리셋하므로 { $object }을(를) 닫는다.
    .why = 상대가 연결을 끊었음을 애플리케이션이 알도록 sk_err에 ECONNRESET(TCP_CLOSE_WAIT이면 EPIPE)을 남긴다.
tcp-validate-incoming-wake = { $subject }이(가) { $packet }이(가) 리셋한 { $object }에 대해 sock_def_wakeup()을(를) 호출한다.
tcp-validate-incoming-free = { $subject }이(가) 연결을 리셋한 { $object }에 대해 __kfree_skb()을(를) 호출한다.

# tcp_rcv_state_process()
tcp-rcv-state-process-closed = { $subject }이(가) { $packet }을(를) 받을 { $object }이(가) 닫혔는지 검사한다.
    .why = 닫힌 연결은 더는 아무것도 받지 않는다.
tcp-rcv-state-process-validate = { $subject }이(가) 상대가 FIN을 보낸 { $object }의 { $packet }에 대해 tcp_validate_incoming()을(를) 호출한다.
tcp-rcv-state-process-passed = { $subject }이(가) 상대가 FIN을 보낸 { $object }이(가) 세그먼트를 받아들였는지 검사한다.
tcp-rcv-state-process-ack = { $subject }이(가) 상대의 FIN 뒤에 온 { $object }에 대해 tcp_ack()을(를) 호출한다.
    .why = 상대 쪽은 끝났지만 이쪽은 아니다. 상대의 ACK는 아직 필요하다.
tcp-rcv-state-process-last = { $subject }이(가) { $packet }이(가) { $object }에서 보낸 FIN을 ACK하는지 검사한다.
    .why = TCP_LAST_ACK에서는 양쪽이 다 끝났다. 이 ACK로 연결이 닫힌다.
tcp-rcv-state-process-consume = { $subject }이(가) 연결의 마지막 ACK인 { $object }에 대해 __kfree_skb()을(를) 호출한다.
tcp-rcv-state-process-text = { $subject }이(가) { $object }이(가) 다음에 기다리는 바이트보다 앞에서 시작하는지 검사한다.
    .why = FIN 뒤에 새것은 있을 수 없다. 앞에서 시작하면 다시 보낸 것이라 tcp_data_queue()로 간다.
tcp-rcv-state-process-abort = { $subject }이(가) FIN보다 앞에서 시작하는 { $object }이(가) FIN을 넘어가는지 검사한다.
    .why = 상대는 더 보낼 것이 없다고 했다. 그런데도 새 데이터가 있으면 잘못된 것이므로 연결을 리셋한다.
tcp-rcv-state-process-queue = { $subject }이(가) FIN 전에 이미 왔던 { $object }에 대해 tcp_data_queue()을(를) 호출한다.
    .why = 다시 보냈다는 것은 ACK가 사라졌다는 뜻이다. tcp_data_queue()가 버리고 ACK를 바로 보내게 한다.
tcp-rcv-state-process-space = { $subject }이(가) 상대가 FIN을 보낸 { $object }에 대해 tcp_data_snd_check()을(를) 호출한다.
tcp-rcv-state-process-check = { $subject }이(가) 보낼 ACK가 있으면 FIN 뒤에 { $object }에 대해 __tcp_ack_snd_check()을(를) 호출한다.
tcp-rcv-state-process-queued = { $subject }이(가) FIN 뒤에 온 세그먼트를 { $object }이(가) 큐에 넣었는지 검사한다.
tcp-rcv-state-process-discard = { $subject }이(가) 끝난 연결이 받지 않는 { $object }에 대해 tcp_drop_reason()을(를) 호출한다.
    .why = 상대의 FIN 뒤에는 데이터 없는 멀쩡한 ACK도 이렇게 끝난다. 이유는 NOT_SPECIFIED다.

# tcp_ack()
tcp-ack-old = { $subject }이(가) { $packet }의 ACK가 { $object }에 이미 ACK된 곳보다 앞인지 검사한다.
    .why = 낡은 ACK는 넘어가지만 데이터는 받는다. 윈도우 하나보다 더 낡으면 위조일 수 있어 거부한다.
tcp-ack-unsent = { $subject }이(가) { $packet }이(가) { $object }에서 보낸 적 없는 바이트를 ACK하는지 검사한다.
    .why = 그런 ACK는 이 연결의 것일 수 없다. 세그먼트를 데이터째 버린다.
tcp-ack-advance = { $subject }이(가) 빠른 경로에서 { $object }의 snd_una를 { $packet }의 ACK까지 옮긴다.
    .why = snd_una 앞의 바이트는 모두 상대에 닿았다. 실제 커널은 이제 재전송 큐에서 해제한다.
tcp-ack-window = { $subject }이(가) { $packet }의 윈도우와 ACK를 { $object }에 옮겨 적는다.
    .why = 윈도우가 바뀌면 다음 헤더의 예측도 달라지므로 pred_flags를 새로 정한다.

# tcp_data_queue()
tcp-data-queue-empty = { $subject }이(가) { $object }에 데이터도 FIN도 없는지 검사한다.
    .why = FIN은 1바이트로 친다. seq와 end_seq가 같으면 큐에 넣을 것이 없다.
tcp-data-queue-free-empty = { $subject }이(가) 큐에 넣을 것이 없는 { $object }에 대해 __kfree_skb()을(를) 호출한다.
tcp-data-queue-pull = { $subject }이(가) { $object }의 data를 TCP 헤더 뒤로 옮긴다.
    .why = 이제 data는 페이로드를 가리킨다. 헤더는 같은 버퍼의 그 앞에 그대로 있다.
tcp-data-queue-sequence = { $subject }이(가) { $packet }의 시퀀스 번호를 { $object }이(가) 기다리는 번호와 비교한다.
    .why = 이어지면 수신 큐로, 빈틈 뒤라면 out_of_order_queue로 간다. 낡았거나 윈도우를 벗어나면 버린다.
tcp-data-queue-memory = { $subject }이(가) 순서가 맞는 { $packet }에 쓸 메모리를 { $object }에 잡으려 한다.
    .why = 모델에서는 sk_rmem_alloc이 sk_rcvbuf를 넘었으면 안 된다. 커널은 tcp_mem도 보고, 거절하기 전에 큐부터 줄여 본다.
tcp-data-queue-no-memory = { $subject }이(가) { $object }에 { $packet }을(를) 둘 메모리가 없다고 적고 sock_def_readable()을(를) 호출한다.
    .why = 다음 ACK는 윈도우를 닫는다. 자리를 낼 수 있는 것은 읽는 쪽뿐이라 알려 준다.
tcp-data-queue-forced = { $subject }이(가) { $object }에 이미 읽을 데이터가 있는지 검사한다. 없으면 { $packet }을(를) 그래도 받는다.
    .why = 큐가 비었으면 메모리가 어떻든 연결은 나아가야 한다. 데이터 없는 FIN은 자리가 들지 않으므로 받는다.
tcp-data-queue-queue = { $subject }이(가) 순서가 맞는 { $packet }을(를) { $object }에 주려고 tcp_queue_rcv()을(를) 호출한다.
tcp-data-queue-event = { $subject }이(가) { $object }에 데이터가 있는지 검사하고, 있으면 tcp_event_data_recv()을(를) 호출한다.
tcp-data-queue-fin = { $subject }이(가) { $object }에 FIN이 있는지 검사하고, 있으면 tcp_fin()을(를) 호출한다.
tcp-data-queue-gap = { $subject }이(가) { $object }에 빈틈 뒤의 데이터가 있는지 검사하고, 있으면 tcp_ofo_queue()을(를) 호출한다.
    .why = 방금 온 것이 빠졌던 세그먼트일 수 있다.
tcp-data-queue-closed = { $subject }이(가) { $object }에 빈틈이 더 없으면 ACK를 곧바로 보내게 한다.
    .why = 다시 보낸 것이 닿았음을 상대가 빨리 알아야 한다.
tcp-data-queue-predict = { $subject }이(가) 막는 것이 없으면 { $object }의 헤더 예측을 켠다.
    .why = out_of_order_queue가 비고, 윈도우가 열려 있고, 메모리가 남아 있어야 한다.
tcp-data-queue-free = { $subject }이(가) { $object }에서 세그먼트가 합쳐졌는지 검사하고, 그랬으면 kfree_skb_partial()을(를) 호출한다.
tcp-data-queue-ready = { $subject }이(가) 이어지는 세그먼트를 받은 { $object }에 대해 tcp_data_ready()을(를) 호출한다.
tcp-data-queue-quick = { $subject }이(가) { $object }의 다음 ACK들을 미루지 않게 한다.
    .why = 낡았거나 윈도우를 벗어난 세그먼트는 무엇이 닿았는지 상대가 모른다는 표시일 수 있다. 빨리 알려야 한다.
tcp-data-queue-drop = { $subject }이(가) 어느 큐에도 넣지 않을 { $object }에 대해 tcp_drop_reason()을(를) 호출한다.
tcp-data-queue-out-of-order = { $subject }이(가) 앞의 바이트가 아직 { $object }에 오지 않은 { $packet }에 대해 tcp_data_queue_ofo()을(를) 호출한다.

# tcp_queue_rcv()
tcp-queue-rcv-coalesce = { $subject }이(가) { $packet }이(가) { $object }의 큐 마지막 패킷에 이어져 합칠 수 있는지 검사한다.
    .why = 세그먼트 여럿이 sk_buff 하나에 들면 메모리가 덜 들고 읽기도 빠르다.
tcp-queue-rcv-advance = { $subject }이(가) { $object }의 rcv_nxt를 { $packet }의 끝으로 옮긴다.
    .why = rcv_nxt는 다음에 기다리는 바이트다. ACK마다 이 번호를 알린다.
tcp-queue-rcv-append = { $subject }이(가) { $object }을(를) 연결의 sk_receive_queue 끝에 단다.
    .why = 이 큐의 바이트는 빈틈없이 이어진다. 읽는 쪽에는 패킷의 경계가 보이지 않는다.
tcp-queue-rcv-charge = { $subject }이(가) { $packet }의 소유자를 { $object }(으)로 정하고 그 메모리를 사용량에 더한다.
    .why = sk_rmem_alloc이 truesize만큼 는다. 다 읽고 나면 sock_rfree()가 도로 뺀다.

# tcp_fin()
tcp-fin-shutdown = { $subject }이(가) { $object }에 상대가 더 보낼 것이 없고 보낼 ACK가 있다고 적는다.
    .why = RCV_SHUTDOWN이다. 다 읽고 나면 recv()는 기다리지 않고 0을 돌려준다.
tcp-fin-state = { $subject }이(가) { $object }의 상태를 TCP_CLOSE_WAIT로 바꾼다.
    .why = 상대 쪽은 끝났다. 이쪽은 애플리케이션이 소켓을 닫을 때까지 더 보낼 수 있다.
tcp-fin-purge = { $subject }이(가) { $object }의 out_of_order_queue에 남은 것을 하나씩 버린다.
    .why = FIN 뒤에 데이터는 있을 수 없으므로 거기서 기다리는 것은 쓸모가 없다.
tcp-fin-wake = { $subject }이(가) 상대가 FIN을 보낸 { $object }에 대해 sock_def_wakeup()을(를) 호출한다.

# tcp_data_ready()
tcp-data-ready-test = { $subject }이(가) { $object }에 읽는 쪽을 깨울 만큼 바이트가 있는지 검사한다.
    .why = sk_rcvlowat은 애플리케이션이 따로 정하지 않으면 1이다. 한 바이트면 된다.

# tcp_data_queue_ofo()
tcp-data-queue-ofo-memory = { $subject }이(가) 빈틈 뒤의 { $packet }에 쓸 메모리를 { $object }에 잡으려 한다.
    .why = 여기에는 예외가 없다. 메모리가 없으면 세그먼트를 버리고 상대가 다시 보내야 한다.
tcp-data-queue-ofo-no-memory = { $subject }이(가) 빈틈 뒤의 { $packet }을(를) 둘 메모리가 { $object }에 없어 sock_def_readable()을(를) 호출한다.
tcp-data-queue-ofo-refuse = { $subject }이(가) 빈틈 뒤에 둘 메모리가 없는 { $object }에 대해 tcp_drop_reason()을(를) 호출한다.
tcp-data-queue-ofo-owe = { $subject }이(가) 빈틈 뒤의 { $packet } 때문에 { $object }의 헤더 예측을 끄고 보낼 ACK가 있다고 적는다.
    .why = 같은 ACK를 거듭 받으면 상대는 어느 바이트가 빠졌는지 안다.
tcp-data-queue-ofo-place = { $subject }이(가) { $object }의 빈틈 뒤에 있는 것들 사이에서 { $packet }의 자리를 찾는다.
    .why = out_of_order_queue는 시퀀스 번호로 정렬된 레드블랙 트리다. 대개 맨 끝에 들어가므로 거기부터 본다.
tcp-data-queue-ofo-coalesce = { $subject }이(가) 빈틈 뒤의 이웃에 이어지는 { $object }에 대해 tcp_ooo_try_coalesce()을(를) 호출한다.
tcp-data-queue-ofo-eaten = { $subject }이(가) { $object }이(가) 이웃에 합쳐졌는지 검사하고, 그랬으면 kfree_skb_partial()을(를) 호출한다.
tcp-data-queue-ofo-merged = { $subject }이(가) 빈틈 뒤에 이미 다 와 있는 { $object }에 대해 tcp_drop_reason()을(를) 호출한다.
tcp-data-queue-ofo-insert = { $subject }이(가) { $object }을(를) out_of_order_queue의 제자리에 단다.
    .why = 빈틈이 메워질 때까지 읽을 수 없다. 그때까지 ACK는 빠진 바이트를 알린다.
tcp-data-queue-ofo-condense = { $subject }이(가) 빈틈 뒤에 둘 { $object }의 조각을 헤드에 자리가 있으면 그리로 복사한다.
    .why = 빈틈이 메워지기를 오래 기다릴 수 있으니 메모리를 되도록 적게 쥐게 한다.
tcp-data-queue-ofo-charge = { $subject }이(가) 아직 읽을 수 없는 { $packet }의 메모리를 { $object }의 사용량에 더한다.
    .why = 빈틈 뒤의 데이터도 메모리를 차지하며 그만큼 윈도우가 준다.
tcp-data-queue-ofo-covered = { $subject }이(가) { $object }에서 { $packet }에 통째로 덮이는 뒤쪽 데이터가 있는지 검사하고 버린다.
    .why = 상대는 다시 보낼 때 세그먼트를 전과 다르게 나눌 수 있다.

# tcp_ofo_queue()
tcp-ofo-queue-next = { $subject }이(가) { $object }의 빈틈 뒤에서 차례가 된 패킷을 찾는다.
    .why = rcv_nxt가 나아갔다. 그보다 뒤에서 시작하지 않으면 이제 순서가 맞는다.
tcp-ofo-queue-take = { $subject }이(가) { $object }을(를) out_of_order_queue에서 꺼낸다.
tcp-ofo-queue-drop = { $subject }이(가) 그사이 바이트가 모두 순서대로 온 { $object }에 대해 tcp_drop_reason()을(를) 호출한다.
tcp-ofo-queue-coalesce = { $subject }이(가) { $object }이(가) sk_receive_queue의 마지막 패킷에 이어져 합칠 수 있는지 검사한다.
tcp-ofo-queue-advance = { $subject }이(가) { $object }의 rcv_nxt를 빈틈 뒤에서 기다리던 { $packet }의 끝으로 옮긴다.
tcp-ofo-queue-append = { $subject }이(가) 빈틈 뒤에서 기다리던 { $object }을(를) sk_receive_queue 끝에 단다.
tcp-ofo-queue-free = { $subject }이(가) 수신 큐의 마지막 패킷에 합쳐진 { $object }에 대해 kfree_skb_partial()을(를) 호출한다.
tcp-ofo-queue-fin = { $subject }이(가) { $object }에서 옮긴 패킷에 FIN이 있는지 검사하고, 있으면 tcp_fin()을(를) 호출한다.
    .why = FIN은 그 앞이 다 와야 비로소 뜻이 있다.

# tcp_event_data_recv()
tcp-event-data-recv-schedule = { $subject }이(가) { $packet } 때문에 { $object }에 보낼 ACK가 있다고 적는다.
    .why = ICSK_ACK_SCHED다. 언제 보낼지는 __tcp_ack_snd_check()에서 정한다.
tcp-event-data-recv-measure = { $subject }이(가) { $packet }을(를) 보고 { $object }에 오는 세그먼트의 크기를 어림한다.
    .why = 새 데이터가 이 크기를 넘으면 ACK를 보낸다. 페이로드와 truesize의 비로는 메모리에 맞는 윈도우를 정한다.
tcp-event-data-recv-quick = { $subject }이(가) { $packet }부터 { $object }의 첫 ACK들을 미루지 않게 한다.
    .why = 송신자는 천천히 시작해 ACK를 받을 때마다 빨라진다. ACK가 늦으면 그만큼 더디다.

# tcp_check_space()
tcp-check-space-test = { $subject }이(가) { $object }에서 보낼 자리를 기다리는 태스크가 있는지 검사한다.
    .why = 모델은 아직 송신하지 않으므로 기다리는 태스크가 없다.

# __tcp_ack_snd_check()
tcp-ack-snd-check-test = { $subject }이(가) { $object }의 ACK를 곧바로 보내야 하는지 검사한다.
    .why = 새 데이터가 세그먼트 하나를 넘고 윈도우가 줄지 않았거나, 미루지 말라고 정해졌거나, 빈틈이 있으면 그렇다. 모델에 없는 SACK에서는 빈틈이 있어도 처음 세 번만 그렇다.
tcp-ack-snd-check-defer = { $subject }이(가) 태스크가 쥐고 있는 { $object }에 TCP_ACK_DEFERRED를 표시한다.
    .why = 태스크가 백로그를 비우는 중이다. 세그먼트가 여럿이어도 끝에서 ACK 하나면 된다.
tcp-ack-snd-check-send = { $subject }이(가) ACK를 미룰 수 없는 { $object }에 대해 tcp_send_ack()을(를) 호출한다.
tcp-ack-snd-check-delay = { $subject }이(가) { $object }의 ACK를 미룬다. 지연 ACK 타이머는 아직 모델에 없다.
    .why = 데이터가 더 오거나 애플리케이션이 답하면 ACK 하나로 함께 알릴 수 있다.

# tcp_send_ack()
tcp-send-ack-transmit = { $subject }이(가) { $object }의 ACK를 세기만 한다. 모델은 아직 송신하지 않으므로 ACK는 나가지 않는다.
    .why = 실제 커널은 여기서 sk_buff를 할당해 __tcp_transmit_skb()에 넘긴다.
tcp-send-ack-window = { $subject }이(가) { $object }이(가) 알릴 윈도우를 정하고 rcv_wup을 rcv_nxt로 맞춘다.
    .why = 한번 알린 윈도우는 거두지 않는다. 세그먼트를 둘 메모리가 없었을 때만 닫는다.
tcp-send-ack-settle = { $subject }이(가) ACK를 보낸 것으로 치고 { $object }에 더 보낼 ACK가 없다고 적는다.
    .why = 실제 커널은 이미 보냈을 때다. 그래야 수신이 똑같이 이어진다. 미루지 않을 ACK의 수도 하나 준다.

# tcp_add_backlog()
tcp-add-backlog-condense = { $subject }이(가) 백로그에 두기 전에 { $object }의 조각을 자리가 있으면 헤드로 복사한다.
    .why = 아직 소켓 사용량에 더하지 않았으므로 truesize를 줄일 수 있다.
tcp-add-backlog-checksum = { $subject }이(가) 백로그에 두기 전에 { $object }의 TCP 체크섬을 검사한다.
    .why = 틀린 것이 다른 세그먼트 안에 묻히면 안 된다.
tcp-add-backlog-follows = { $subject }이(가) { $object }이(가) 백로그의 마지막 세그먼트에 이어지는지 검사한다.
    .why = 시퀀스 번호가 바로 다음이고 플래그와 옵션이 맞아야 한다.
tcp-add-backlog-coalesce = { $subject }이(가) { $object }의 data를 헤더 뒤로 옮기고 백로그에서 skb_try_coalesce()을(를) 호출한다.
    .why = 여기서 합칠수록 나중에 태스크가 처리할 세그먼트가 준다.
tcp-add-backlog-merged = { $subject }이(가) { $object }이(가) 합쳐졌으면 그 끝, ACK, 플래그를 백로그의 마지막 세그먼트에 넘긴다.
tcp-add-backlog-push = { $subject }이(가) 합쳐지지 않은 { $object }의 data를 TCP 헤더로 되돌린다.
tcp-add-backlog-limit = { $subject }이(가) { $object }의 백로그에 { $packet }을(를) 둘 자리가 있는지 검사한다.
    .why = 한도는 sk_rcvbuf의 두 배가 넘는다. 큐에 자리를 낼 수 있는 것은 소켓을 쥔 태스크뿐이기 때문이다.
tcp-add-backlog-append = { $subject }이(가) { $object }을(를) 소켓의 백로그 끝에 단다.
    .why = softirq는 태스크를 기다리지 않고 다음 패킷으로 넘어간다.

# release_sock()
release-sock-lock = { $subject }이(가) { $object }을(를) 놓으려고 bottom half를 끄고 락을 잡는다.
    .why = softirq도 같은 락을 잡고 백로그에 넣는다.
release-sock-backlog = { $subject }이(가) { $object }에 백로그가 있는지 검사하고, 있으면 __release_sock()을(를) 호출한다.
    .why = 태스크가 소켓을 쥔 동안 온 세그먼트는 그 태스크가 처리한다.
release-sock-deferred = { $subject }이(가) { $object }에 미뤄 둔 ACK가 있는지 검사하고, 있으면 tcp_send_ack()을(를) 호출한다.
release-sock-disown = { $subject }이(가) { $object }을(를) 쥔 태스크가 이제 없다고 적는다.
    .why = 이제부터는 다시 softirq가 세그먼트를 직접 처리한다.
release-sock-unlock = { $subject }이(가) release_sock()를 끝내며 { $object }의 락을 풀고 __local_bh_enable_ip()을(를) 호출한다.

# __release_sock()
release-sock-backlog-take = { $subject }이(가) { $object }의 백로그를 통째로 가져온다.
    .why = 그사이 softirq는 새 백로그를 시작할 수 있다.
release-sock-backlog-unlock = { $subject }이(가) 백로그를 처리하려고 { $object }의 락을 풀고 __local_bh_enable_ip()을(를) 호출한다.
    .why = 그사이 인터럽트와 softirq가 들어온다. 소켓은 아직 태스크가 쥐고 있으므로 새로 온 것은 새 백로그로 간다.
release-sock-backlog-each = { $subject }이(가) 백로그의 { $object }에 대해 tcp_v4_do_rcv()을(를) 호출한다.
    .why = softirq에서와 같은 함수지만 여기서는 태스크가 자기 시간을 쓴다.
release-sock-backlog-lock = { $subject }이(가) { $object }을(를) 다시 잠그고 백로그에 더 온 것이 있는지 검사한다.
release-sock-backlog-done = { $subject }이(가) { $object }의 백로그 길이를 0으로 둔다.
    .why = 이제야 0으로 둔다. 처리한 것까지 한도에 세어 두어야 패킷이 몰려도 태스크가 여기 갇히지 않는다.

# tcp_recvmsg()
tcp-recvmsg-lock = { $subject }이(가) bottom half를 끄고 { $object }을(를) 잠가 태스크가 쥐었다고 적는다.
    .why = 이제 softirq는 세그먼트를 백로그에 둔다. 락 자체는 잠깐만 필요하다.
tcp-recvmsg-unlock = { $subject }이(가) 이제 태스크가 쥔 { $object }의 락을 풀고 __local_bh_enable_ip()을(를) 호출한다.
tcp-recvmsg-read = { $subject }이(가) { $object }에 대해 tcp_recvmsg_locked()을(를) 호출한다.
tcp-recvmsg-release = { $subject }이(가) { $object }에 대해 release_sock()을(를) 호출한다.
    .why = 읽는 동안 온 세그먼트는 recv()가 돌아가기 전에 처리한다.
tcp-recvmsg-return = { $subject }이(가) { $object }에 대한 recv()에서 바이트 수를 들고 돌아간다. 스트림의 끝이면 0이다.

# tcp_recvmsg_locked()
tcp-recvmsg-locked-next = { $subject }이(가) { $object }의 수신 큐에서 다음에 읽을 바이트를 찾는다.
    .why = copied_seq가 그 번호다. 한 패킷을 여러 번에 나눠 읽기도 하고 한 번에 여러 패킷을 읽기도 한다.
tcp-recvmsg-locked-copy = { $subject }이(가) { $object }의 바이트를 사용자 버퍼에 들어가는 만큼 복사한다.
    .why = 작은 세그먼트를 모으거나 construct_skb()에서 복사한 것을 빼면 페이로드를 복사하는 단 한 곳이다.
tcp-recvmsg-locked-advance = { $subject }이(가) { $object }의 copied_seq를 { $packet }에서 복사한 만큼 옮긴다.
tcp-recvmsg-locked-whole = { $subject }이(가) { $object }을(를) 끝까지 읽었는지 검사한다.
    .why = 덜 읽은 패킷은 큐에 남는다. 다음 바이트는 copied_seq로 찾는다.
tcp-recvmsg-locked-fin = { $subject }이(가) { $packet }의 FIN을 건너뛴다. { $object }의 스트림은 여기서 끝난다.
tcp-recvmsg-locked-uncharge = { $subject }이(가) { $packet }을(를) 수신 큐에서 떼고 그 메모리를 { $object }의 사용량에서 뺀다.
    .why = sk_rmem_alloc이 줄어 새 세그먼트를 받을 자리가 나고 윈도우가 열릴 수 있다.
tcp-recvmsg-locked-eat = { $subject }이(가) 다 읽은 { $object }에 대해 skb_attempt_defer_free()을(를) 호출한다.
tcp-recvmsg-locked-flush = { $subject }이(가) 큐는 비었지만 백로그가 기다리는 { $object }에 대해 __sk_flush_backlog()을(를) 호출한다.
    .why = 백로그에 바로 이 recv()가 가져갈 데이터가 더 있을 수 있다.
tcp-recvmsg-locked-deferred = { $subject }이(가) 백로그를 비우는 동안 미뤄 둔 ACK가 있으면 { $object }에 대해 tcp_send_ack()을(를) 호출한다.
tcp-recvmsg-locked-flushed = { $subject }이(가) 백로그를 비운 { $object }의 락을 풀고 __local_bh_enable_ip()을(를) 호출한다.
tcp-recvmsg-locked-cleanup = { $subject }이(가) { $object }을(를) 읽었으므로 ACK를 보낼 때가 되었는지 검사한다.
    .why = 읽으면 자리가 난다. 윈도우가 두 배 이상 열리면 상대에게 곧바로 알려야 한다.
tcp-recvmsg-locked-return = { $subject }이(가) { $object }에서 읽은 바이트 수를 들고 tcp_recvmsg_locked()에서 돌아간다.

## 경로 준비

# setup
setup-core = { $subject }이(가) 부팅 때 { $object }을(를) 호출한다.
    .object = net_dev_init()
setup-driver = { $subject }이(가) { $object }에 대해 드라이버의 probe 함수를 호출한다.
    .why = modprobe가 드라이버를 올리면 PCI 코어가 드라이버가 안다고 한 장치를 내민다.
setup-up = { $subject }이(가) { $object }에 대해 드라이버의 open 함수를 호출한다.
    .why = 관리자가 `ip link set up`을(를) 실행했다. 링과 버퍼는 probe 때가 아니라 이제야 할당한다.
setup-application = { $subject }이(가) UDP 플로와 TCP 연결마다 하나씩 { $object }을(를) 깨운다.
    .object = 리더 스레드 { $value }개
setup-link = { $subject }이(가) { $object }에 대해 netif_carrier_on()을(를) 호출한다.
setup-end = { $subject }이(가) { $object }을(를) 끝낸다.

# net_dev_init()
net-dev-init-softnet = { $subject }이(가) { $object }을(를) 빈 poll_list로 준비한다.
    .why = CPU마다 softnet_data가 따로 있어 대부분의 일에 락이 필요 없다.
net-dev-init-register = { $subject }이(가) net_rx_action()을(를) { $object }의 액션으로 등록한다.
    .why = 부팅 때 한 번이다. NET_RX를 올린 뒤 대기 softirq를 처리할 때마다 돈다.

# netif_napi_add_weight()
netif-napi-add-weight-init = { $subject }이(가) { $object }을(를) 드라이버의 poll 함수, weight 64와 함께 등록한다.
    .why = 처음에는 SCHED와 NPSVC가 설정되어 있다. 소유자가 있으니 꺼진 것과 같아 napi_enable() 전에는 아무도 스케줄할 수 없다.
netif-napi-add-weight-id = { $subject }이(가) { $object }에 napi_id를 준다.

# request_threaded_irq()
request-threaded-irq-action = { $subject }이(가) { $object }에 쓸 irqaction을(를) 할당한다. 핸들러, dev_id, 이름을 담는다.
    .why = dev_id는 q_vector다. 핸들러는 이것을 인자로 받는다.
request-threaded-irq-link = { $subject }이(가) irqaction을(를) { $object }의 irq_desc에 단다.
    .why = 이제 커널은 이 라인이 발생하면 무엇을 호출할지 안다.
request-threaded-irq-message = { $subject }이(가) { $object }의 MSI-X 테이블 항목에 주소와 데이터를 쓴다.
    .why = 주소는 CPU의 로컬 APIC을, 데이터는 그 CPU의 벡터를 가리킨다. 그래서 NIC은 메모리 쓰기 한 번으로 인터럽트를 건다.

# napi_enable()
napi-enable-release = { $subject }이(가) { $object }의 SCHED와 NPSVC를 지운다. 이제 스케줄할 수 있다.

# netif_carrier_on()
netif-carrier-on-on = { $subject }이(가) { $object }의 __LINK_STATE_NOCARRIER를 지운다. 링크가 올라온다.

application-open = { $subject }이(가) { $object }을(를) 열고 포트에 바인드한다.
application-receive = { $subject }이(가) { $object }에 대해 recv()을(를) 호출한다.
    .why = 시스템 콜이다. 같은 스레드가 커널 안에서 이어진다.
application-use = { $subject }이(가) { $object }에서 온 데이터그램을 읽어 쓴다.
application-exit = { $subject }이(가) { $object }을(를) 끝낸다.

stream-application-open = { $subject }이(가) accept()에서 이미 맺어진 연결인 { $object }을(를) 얻는다.
    .why = 모델은 아직 핸드셰이크를 하지 않는다. 연결은 캡처된 첫 세그먼트부터 있는 것으로 친다.
stream-application-poll = { $subject }이(가) { $object }에 대해 poll()을(를) 호출한다.
    .why = 시스템 콜이다. 스트림을 읽는 쪽은 recv()가 아니라 여기서 읽을 것이 올 때까지 잔다.
stream-application-receive = { $subject }이(가) { $object }에 대해 131072바이트까지 받는 recv()을(를) 호출한다.
    .why = 스트림에는 패킷이 없다. 호출 한 번이 여러 세그먼트의 바이트를 가져올 수 있다.
stream-application-end = { $subject }이(가) { $object }에 대한 recv()가 0을 돌려주었는지 검사한다.
    .why = 0은 상대가 닫았고 모두 읽었다는 뜻이다.
stream-application-use = { $subject }이(가) { $object }에서 온 바이트를 쓴다.
stream-application-exit = { $subject }이(가) 스트림을 읽던 { $object }을(를) 끝낸다.

## Registers, and fields of descriptors and headers (comes later)

register-QRX_CTRL = 수신 큐를 켭니다.
    .QENA_REQ = 드라이버가 큐를 요청
    .QENA_STAT = 큐가 켜졌다는 카드의 대답
register-QRX_CONTEXT = 카드가 큐에 대해 알아야 할 것. 8192바이트 간격의 32비트 레지스터 여덟 개에 나누어 담깁니다.
    .head = 카드가 다음에 write-back할 슬롯
    .base = 링의 DMA 주소, 128바이트 단위
    .qlen = 링의 슬롯 수
register-QRX_TAIL = 도어벨. 이 슬롯 앞까지 카드가 쓸 수 있습니다.
    .TAIL = 카드의 것이 아닌 첫 슬롯
register-QINT_RQCTL = 큐가 어느 인터럽트를 일으키는지 정합니다.
    .MSIX_INDX = 벡터 번호, 이 기능 안에서 센 것
register-GLINT_DYN_CTL = 벡터 하나를 켜고 끄며, 소프트웨어가 인터럽트를 일으키게 합니다.
    .INTENA = 벡터가 발생할 수 있음. 발생하면 지워짐
    .SWINT_TRIG = 소프트웨어가 요청했고 아직 오지 않은 인터럽트
register-GLINT_ITR = 이 벡터의 인터럽트 사이 최소 시간, 2 µs 단위.
register-GLINT_RATE = 원인과 관계없이 벡터에 걸리는 빈도 제한.
    .intrl = 다음 인터럽트까지의 최소 시간, 4 µs 단위
    .INTRL_ENA = 제한이 적용됨
register-RDBAL = 링의 DMA 주소, 아래 절반.
register-RDBAH = 링의 DMA 주소, 위 절반.
register-RDLEN = 링의 바이트 수. 슬롯마다 16.
register-RDH = 머리. 카드가 다음에 write-back할 슬롯.
register-RDT = 꼬리이자 도어벨. 이 앞의 슬롯은 카드의 것입니다.
register-RXDCTL = 수신 큐를 제어합니다.
    .QUEUE_ENABLE = 카드가 디스크립터를 가져와도 됨
register-EITR = 한 벡터의 인터럽트 사이 최소 시간, 4분의 1 마이크로초 단위.
    .CNT_IGNR = 써도 돌고 있는 카운터는 그대로
register-EIMS = 발생해도 되는 벡터, 하나에 한 비트. 발생하면 지워집니다.
register-EICR = 아직 알리지 않은 원인이 있는 벡터, 하나에 한 비트.

bytes-ice_32b_rx_flex_desc = 디스크립터
    .pkt_addr = 카드가 패킷을 둘 곳
    .status_error0 = 카드가 알아낸 것, 비트마다
    .DD = 완료. 카드가 디스크립터를 write-back했음
    .rxdid = write-back 형식. 2는 RSS 해시가 있는 형식
    .mir_id_umb_cast = 미러 규칙, 그리고 받는 이가 하나인지 여럿인지
    .ptype_flex_flags0 = 패킷 종류와 형식이 고른 플래그
    .PTYPE = 카드가 알아본 헤더들
    .pkt_len = 이 버퍼에 든 패킷의 바이트 수
    .hdr_len_sph_flex_flags1 = 나눈 헤더의 길이. 드라이버는 나누지 않음
    .EOF = 프레임이 이 버퍼에서 끝남
    .HBO = 헤더가 헤더 버퍼보다 김
    .L3L4P = 체크섬을 검사했음
    .XSUM_IPE = IP 체크섬이 틀림
    .XSUM_L4E = 전송 계층 체크섬이 틀림
    .XSUM_EIPE = 바깥 IP 체크섬이 틀림
    .XSUM_EUDPE = 바깥 UDP 체크섬이 틀림
    .LPBK = 이 카드에서 나온 프레임
    .IPV6EXADD = 주소를 바꾸는 IPv6 헤더
    .RXE = 오류와 함께 받음
    .CRCP = 프레임 검사 값이 버퍼에 있음
    .RSS_VALID = 해시가 유효함
    .L2TAG1P = 첫 태그 자리에 VLAN 태그가 있음
    .XTRMD0_VALID = 첫째 추가 필드가 유효함
    .XTRMD1_VALID = 둘째 추가 필드가 유효함
    .l2tag1 = 프레임에서 떼어 낸 VLAN 태그
    .flex_meta0 = RSS 해시, 아래 절반
    .flex_meta1 = RSS 해시, 위 절반
    .status_error1 = 카드가 더 알아낸 것
    .flex_flags2 = 형식이 고른 나머지 플래그
    .time_stamp_low = 시각 기록의 가장 낮은 바이트
    .l2tag2_1st = 둘째 자리의 첫 VLAN 태그
    .l2tag2_2nd = 둘째 자리의 다음 VLAN 태그
    .flex_meta2 = 플로 번호, 아래 절반
    .flex_meta3 = 플로 번호, 위 절반
    .ts_high = 시각 기록의 나머지
bytes-e1000_adv_rx_desc = 디스크립터
    .pkt_addr = 카드가 데이터를 둘 곳
    .pkt_info = RSS 해시의 종류, 패킷의 종류
    .hdr_info = 나눈 헤더가 끝날 곳. 드라이버는 나누라고 하지 않음
    .rss = RSS 해시
    .status_error = 카드가 알아낸 것, 비트마다 이름으로
    .DD = 완료. 카드가 이 디스크립터를 write-back했음
    .EOP = 패킷이 이 버퍼에서 끝남
    .IXSM = 소프트웨어는 체크섬 비트를 무시할 것
    .VP = 프레임에 VLAN 태그가 있었음
    .UDPCS = UDP 체크섬을 검사했음
    .TCPCS = TCP 체크섬을 검사했음
    .TS = 시각 기록이 있음
    .LB = 카드 자신에게서 온 프레임
    .CE = FCS 오류
    .SE = 심벌 오류
    .SEQ = 순서 오류
    .CXE = 반송파 연장 오류
    .TCPE = UDP나 TCP의 체크섬이 틀림
    .IPE = IP 헤더의 체크섬이 틀림
    .RXE = 카드가 오류와 함께 받음
    .length = 이 버퍼의 바이트 수. 0이면 드라이버는 아직으로 봄
    .vlan = 떼어 냈다면 VLAN 태그
bytes-ethhdr = 이더넷
    .h_dest = 이 링크에서 받는 이
    .h_source = 이 링크에서 보낸 이
    .h_proto = 이더넷 헤더 뒤에 오는 것
bytes-vlan_hdr = VLAN 태그
    .h_vlan_TCI = 태그 제어 정보
    .VLAN_PRIO = 우선순위
    .VLAN_CFI = 먼저 버려도 됨
    .VLAN_VID = VLAN 번호
    .h_vlan_encapsulated_proto = 태그 뒤에 오는 것
bytes-iphdr = 네트워크 헤더
    .version = 4가 아니면 IPv4가 아님
    .ihl = 헤더 길이, 4바이트 단위
    .tos = 서비스 종류와 혼잡 비트
    .tot_len = 헤더와 페이로드를 합친 바이트 수
    .id = 어느 패킷인지. 조각들은 같은 번호
    .frag_off = 조각 플래그와 위치
    .IP_DF = 라우터가 나누면 안 됨
    .IP_MF = 조각이 더 있음
    .IP_OFFSET = 조각의 자리, 8바이트 단위
    .ttl = 앞으로 지날 수 있는 라우터 수
    .protocol = IP 헤더 뒤에 오는 것
    .check = 헤더의 체크섬
    .saddr = 보낸 이의 IPv4 주소
    .daddr = 받는 이의 IPv4 주소
bytes-ipv6hdr = 여섯째 판 네트워크 헤더
    .version = 6이 아니면 IPv6이 아님
    .priority = 트래픽 등급의 위 절반
    .flow_lbl = 트래픽 등급의 나머지와 플로 레이블
    .payload_len = 이 헤더 뒤의 바이트 수
    .nexthdr = 다음 헤더의 종류
    .hop_limit = 앞으로 거칠 수 있는 홉 수
    .saddr = 보낸 이의 IPv6 주소
    .daddr = 받는 이의 IPv6 주소
bytes-udphdr = 데이터그램 헤더
    .source = 보낸 이의 UDP 포트
    .dest = 받는 이의 UDP 포트. 소켓을 찾는 데 씀
    .len = UDP 헤더와 페이로드의 바이트 수
    .check = 주소와 페이로드까지 더한 체크섬. 0은 없음
bytes-tcphdr = 세그먼트 헤더
    .source = 보낸 이의 TCP 포트
    .dest = 받는 이의 TCP 포트. 나머지 셋과 함께 소켓을 찾음
    .seq = 첫 페이로드 바이트의 번호
    .ack_seq = 보낸 이가 다음에 기다리는 바이트
    .doff = TCP 헤더 길이, 4바이트 단위
    .cwr = 보낸 이가 속도를 줄였음
    .ece = 라우터가 혼잡을 만났음
    .urg = 긴급 데이터가 있음
    .ack = ack_seq 값이 유효함
    .psh = 바로 애플리케이션에 넘길 것
    .rst = 연결을 끊음
    .syn = 연결을 시작함
    .fin = 보낸 이가 더 보낼 것이 없음
    .window = 보낸 이가 받을 수 있는 바이트 수, 배율 적용 전
    .check = 주소, TCP 헤더, 페이로드의 체크섬
    .urg_ptr = 긴급 데이터가 끝나는 곳
    .TCPOPT_EOL = 옵션의 끝
    .TCPOPT_NOP = 뒤의 것을 정렬하는 채움
    .TCPOPT_MSS = 보낸 이가 받는 가장 큰 세그먼트
    .TCPOPT_WINDOW = 윈도를 이만큼의 비트로 밀어 셈
    .TCPOPT_SACK_PERM = 선택적 확인 응답을 이해함
    .TCPOPT_SACK = 빈 곳 너머에 도착한 바이트, 이것부터
    .TCPOPT_TIMESTAMP = 보낸 이의 시계, 그리고 마지막으로 읽은 우리 시계
