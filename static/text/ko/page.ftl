# 페이지의 글자들.

app-name = nicscope
loading = 불러오는 중…

## 어느 언어를 골랐든 각 언어의 자기 이름.

language-en = English
language-ko = 한국어

## 무대.

stage-wire = 케이블
stage-arrived-of = 전체
stage-frames = 프레임
stage-nic = NIC
stage-fifo = 칩 안의 버퍼
stage-empty = 비어 있음
stage-queue = 큐 { $queue }
stage-queue-of = 큐 { $queue } (모두 { $queues })
stage-registers = 큐 레지스터
stage-prefetched = 미리 읽음
stage-starved = 디스크립터를 기다림
stage-has-descriptors = 디스크립터 있음
stage-moderation = 인터럽트 조절
stage-timer-runs = 대기
stage-timer-idle = 쉼
stage-since-fired = 발생 후
stage-off = 꺼짐
stage-vector = 벡터 { $vector }, IRQ { $irq }
stage-armed = 켜짐
stage-masked = 마스크됨
stage-cause = 원인 있음
stage-no-cause = 원인 없음
stage-fired = 발생
stage-translates = 변환함
stage-iotlb-hits = IOTLB 적중
stage-iotlb-misses = 실패
stage-iotlb = IOTLB: 적중 { $hits }, 실패 { $misses }
stage-dma-reads = DMA 읽기
stage-dma-writes = DMA 쓰기
stage-bus-way = MSI-X ▸ · ◂ 레지스터 쓰기
stage-memory = 호스트 메모리
stage-no-ring = 드라이버가 아직 링을 만들지 않았습니다.
stage-ring = RX { $ring }
stage-ring-desc = 가상
stage-ring-dma = DMA
stage-window = 슬롯 { $first }~{ $last } (전체 { $count })
stage-buffers = 버퍼에 든 패킷 (슬롯별)
stage-no-packet = 기다리는 패킷 없음
stage-irqs-on = IRQ 켜짐
stage-irqs-off = IRQ 꺼짐
stage-irq-requested = 요청됨
stage-nothing = 실행 없음
stage-last-poll = 지난 poll
stage-polls = poll 횟수
stage-stack = 스택
stage-core = 코어
stage-pending = NET_RX 대기
stage-not-pending = 대기 없음
stage-socket = 소켓 큐
stage-socket-of = 소켓 { $number }
stage-socket-short = 소켓
stage-application = 애플리케이션
stage-application-short = 앱
stage-reader-none = 시작 전
stage-reader-ended = 끝남
stage-reader-sleeps = 잠듦
stage-reader-reads = 깨어 있음
stage-reader-none-short = –
stage-reader-ended-short = 끝남
stage-reader-sleeps-short = 잠듦
stage-reader-reads-short = 깨어 있음
stage-datagrams = 읽은 수
stage-bytes = 바이트

owner-nic = NIC { $slots }
owner-back = write-back됨 { $slots }
owner-filled = 채움 { $slots }
owner-driver = 드라이버 { $slots }

bus-frame = 프레임 ▸
bus-descriptor = write-back ▸
bus-fetch = ◂ 읽어 옴
bus-translate = 주소 변환
bus-interrupt = MSI-X 메시지
bus-register = 레지스터 쓰기
bus-tail = { $register } = { $value }

## 머리와 틀.

page-walk = 따라가기
page-structs = 구조체
pages-label = 페이지
page-title = nicscope: 리눅스의 패킷 수신 경로
stage-label = 왼쪽의 케이블에서 오른쪽의 애플리케이션까지 이어지는 기계. 아래 문장은 마지막 단계가 한 일을, 슬롯 표는 링을 글로 보여 줍니다.
theme-system = 테마: 시스템과 같게
theme-light = 테마: 밝게
theme-dark = 테마: 어둡게
close = 닫기
drop-here = 캡처 파일을 놓으면 실행합니다. 파일은 이 컴퓨터를 떠나지 않습니다.
summary-frames = 프레임 { $frames }개
workload-change = 실행할 것 고르기: 파일, 시나리오, 드라이버, 링
link-copy = 이 순간으로 오는 링크 복사
help-title = 도움말과 키
notes-open = 노트용 복사

## 첫 프레임 직전, 그리고 전원을 켠 순간.

intro-capture = 캡처된 프레임 { $frames }개가 { $host }에 도착하려 합니다.
intro-advice = 드라이버는 링을 채워 두었고, 애플리케이션은 자고, CPU는 멈춰 있습니다. 스페이스 키나 재생 버튼을 누르면 첫 프레임이 들어옵니다. →를 누르면 한 단계만 갑니다.
captured-short = 프레임 { $cut }개는 실제보다 짧게 캡처되었습니다. 캡처되지 않은 바이트는 길이로만 세고, 그 부분의 체크섬은 맞는 것으로 봅니다.

## 방금 일어난 일.

narration-label = 방금 일어난 일
changes-label = 바뀐 멤버
changes-none = 바뀐 멤버가 없습니다.
changes-to = 다음으로 바뀜
source-hardware = 하드웨어
model-value = 모델 값
model-value-meaning = 시간은 모델의 비용 표에서 나온 값이며 실제 기계에서 잰 것이 아닙니다.

## 실행 안에서 움직이기.

transport-label = 실행 안에서 움직이기
to-first = 첫 프레임 직전으로
step-back = 한 단계 뒤로
play = 재생
pause = 일시 정지
step-on = 한 단계 앞으로
to-end = 끝으로
scrub-label = 실행의 단계
position = 전체 { $last } 가운데 { $step } 단계
step-word = { $step } 단계
still-exploring = 나머지 실행을 계산하고 있습니다.
clock-meaning = 첫 프레임부터 지난 시간(모델 값)
grain-label = 한 단계의 크기
grain-line = 줄
grain-function = 함수
grain-packet = 패킷
grain-poll = poll
grain-interrupt = 인터럽트
grain-object = 객체
speed-label = 속도
speed-steps = 초당 { $steps }
speed-fast = 최대한 빠르게
jump-label = 이 단계로

## 시간 축.

timeline-label = 시간 축
timeline-picture = 시간에 따라 누가 무엇을 했는지
timeline-tools = 시간 축의 범위
timeline-closer = 확대
timeline-wider = 축소
timeline-place = 실행의 시각
timeline-earlier = 이른 쪽으로
timeline-later = 늦은 쪽으로
timeline-fit = 실행 전체
timeline-markers = 표시
timeline-any = 주요 표시
timeline-previous = 이전 표시
timeline-next = 다음 표시
timeline-list = 보이는 범위의 표시
timeline-none = 이 범위에는 표시가 없습니다.
timeline-at = 첫 프레임 기준 { $time }
timeline-marker = { $name }, { $time }
timeline-step = { $lane }: { $step }단계, { $time }
timeline-steps = { $lane }: { $time } 근처 { $count }단계, 사용 { $share } %
timeline-nothing = { $lane }: { $time }에는 아무 일 없음
timeline-keys = 레인에서 W S 키나 휠은 확대와 축소, A D 키나 끌기는 이동, 0은 전체, Q E 키는 이전과 다음 표시입니다.
lane-wire = 케이블
lane-nic = NIC, DMA
lane-bus = IOMMU, 버스
lane-hardirq = hardirq
lane-softirq = softirq, NAPI
lane-task = 태스크
lane-application = 애플리케이션
marker-arrival = 프레임 도착 { $count }번
marker-card-drop = 카드가 프레임을 버림 { $count }번
marker-rearm = 벡터를 다시 켬 { $count }번
marker-interrupt = 인터럽트 { $count }번
marker-budget = budget을 다 씀 { $count }번
marker-merge = GRO가 패킷을 합침 { $count }번
marker-drop = 커널이 패킷을 버림 { $count }번
marker-wakeup = 태스크를 깨움 { $count }번
legend-arrival = 프레임 도착
legend-card-drop = 카드가 버림
legend-rearm = 벡터를 다시 켬
legend-interrupt = 인터럽트
legend-budget = budget을 다 씀
legend-merge = GRO가 합침
legend-drop = 커널이 버림
legend-wakeup = 태스크를 깨움

## 창.

panes-label = 자세히
pane-code = 코드
pane-object = 객체
pane-registers = 레지스터
pane-bytes = 바이트
pane-counters = 카운터
pane-ring = 링
stack-label = 호출 스택
stack-order = 호출 스택, 가장 안쪽이 먼저
stack-empty = 이 CPU에서 실행 중인 함수가 없습니다.
listing-label = 루틴의 줄
listing-kind = 의사 코드
listing-note = 의사 코드입니다. 번호는 커널 소스의 줄 번호입니다.

## 다른 실행의 첫 프레임 직전, 그리고 전원을 켠 순간 (comes later)

intro-ready = 프레임 { $frames }개가 도착하려 합니다: { $name }.
power-on = 기계의 전원을 방금 켰습니다.
power-on-advice = 먼저 부팅입니다. 드라이버가 카드를 찾아 링을 만들고 채웁니다. Home 키를 누르면 첫 프레임 직전으로 갑니다.

## 찾은 것 (comes later)

search-none = 그런 이름이 없습니다. 이름의 일부를 어떤 순서로든 입력하세요. 예: { $example }.
search-results = 결과 { $count }개
search-objects = 지금 있는 객체
search-packets = 패킷
search-packet = 패킷 { $number }
search-functions = 함수
search-structs = 구조체와 멤버
search-said = 구조체 설명
search-facts = 사건
search-members = 멤버

## 카운터와 링 (comes later)

counters-label = 지금까지 센 것
counter-arrived = 도착
counter-delivered = 전달
counter-control = TCP 제어
counter-bytes = 읽은 바이트
counter-dropped = 버림
counter-interrupts = 인터럽트
counter-polls = poll
counter-per-poll = poll당 패킷
counter-doorbells = 도어벨
counter-dma-reads = DMA 읽기
counter-dma-writes = DMA 쓰기
counter-pages-reused = 재사용한 페이지
counter-pages-released = 반환한 페이지
losses-label = 이유별로 버린 프레임
losses-reason = 이유
losses-place = 곳
losses-counter = 카운터
losses-count = 프레임
ring-table-label = 링의 슬롯
ring-slot = 슬롯
ring-owner = 소유자
ring-packet = 패킷
ring-pointers = 포인터
owner-nic-meaning = NIC이 소유하며 앞으로 채운다
owner-back-meaning = write-back됨: 패킷이 드라이버를 기다린다
owner-filled-meaning = 드라이버가 채웠지만 tail이 아직 지나가지 않았다
owner-driver-meaning = 드라이버가 소유하며 비어 있다

## 실행할 것 고르기 (comes later)

workload-title = 무엇을 실행할까
file-title = 내 캡처 파일
file-advice = pcap이나 pcapng 파일을 고르거나 이 페이지 아무 곳에나 놓으세요. 브라우저 안에서만 읽고 어디에도 올리지 않습니다.
file-choose = 파일 고르기
shipped-advice = 네트워크 네임스페이스 둘 사이에서 기록한 다음 캡처를 고를 수도 있습니다.
shipped-udp-small = 작은 데이터그램과, 시험을 제어하는 TCP 연결입니다.
shipped-tcp-one-flow = 보낼 수 있는 만큼 빨리 보내는 TCP 연결 하나입니다.
shipped-tcp-two-flows = TCP 연결 둘이 동시에 보냅니다.
shipped-tcp-bidir = TCP가 양쪽으로 흐릅니다. 호스트도 데이터를 보냅니다.
host-label = 누구에게 오는 트래픽인가
host-choice = { $address }, 프레임 { $frames }개
ready-title = 준비된 시나리오
ready-generator = 일정한 트래픽
    .about = 작은 데이터그램 천 개가 2마이크로초마다 하나씩 옵니다.
ready-stream = TCP 스트림
    .about = 꽉 찬 세그먼트가 16개씩 옵니다. GRO가 합치고, TCP가 큐에 넣고, 읽는 쪽은 poll로 기다립니다.
ready-disorder = 순서가 어긋난 스트림
    .about = 두 번 오거나 빈틈 뒤에 온 세그먼트를 TCP가 어떻게 다루는지 봅니다.
ready-budget = poll 한 번으로는 모자랄 때
    .about = 프레임 백 개가 한꺼번에 옵니다. poll 한 번은 64개까지만 처리합니다.
ready-shared-budget = 큐 넷에 budget 하나
    .about = 프레임이 링 넷에 한꺼번에 옵니다. 150인 budget이 마지막 NAPI 차례 전에 바닥납니다.
ready-ring-dry = 링이 마를 때
    .about = CPU가 치우는 것보다 프레임이 빨리 옵니다. 링 크기는 64입니다.
ready-socket-full = 소켓이 가득 찰 때
    .about = 애플리케이션이 너무 느리게 읽어 데이터그램이 소켓에서 버려집니다.
ready-bad-frames = 잘못된 프레임
    .about = 체크섬이나 길이가 틀린 프레임을 알아챈 곳에서 버립니다.
ready-page-held = 페이지가 아직 잡혀 있을 때
    .about = 패킷이 아직 기다리는데 그 페이지의 다른 반쪽이 다시 돌아옵니다.
machine-title = 기계
driver-label = 드라이버
driver-ice = ice, Intel E810
driver-igb = igb, Intel 82576
ring-label = 링 크기
ring-own = 기본값
ring-teaching = { $size }, 학습용
ring-note = 16과 32는 드라이버가 받아들이는 크기보다 작습니다. 한 바퀴를 한눈에 보기 위한 크기입니다.

## 링크 (comes later)

link-copied = 복사했습니다. 링크를 열면 바로 이 순간이 나옵니다.
link-in-address = 브라우저가 클립보드를 내주지 않습니다. 주소창의 링크를 복사하세요.
link-settings = 추가로 정한 값:
link-takes-steps = { $small }, { $step } 또는 { $least }~{ $most } 사이 { $step }의 배수
link-takes-digits = 16진수 16자리
link-takes-address = IPv4 주소
link-takes-object = 객체 이름
link-takes-name = 파일 이름
link-file-title = 링크를 열려면 파일이 필요합니다: { $file }
link-file-advice = 이 페이지 아무 곳에나 놓거나 고르세요. 해시로 알아봅니다(처음 16자리: { $digest }). 어디에도 올리지 않습니다.
link-file-other = 다른 파일입니다: { $other }. 해시가 다릅니다. 링크를 만든 파일을 찾아 주세요.
link-file-close = 파일 없이 계속하기
error-link-none = 주소에 이 페이지의 링크가 들어 있지 않습니다. 열린 것은 그대로 쓸 수 있습니다. 링크를 다시 받으세요.
error-link-version = 링크의 버전은 { $version }인데 이 페이지는 버전 1만 읽습니다. 더 새로운 페이지를 찾으세요.
error-link-long = 링크가 { $length }자인데 2,000자까지만 됩니다. 다시 받으세요.
error-link-escape = 링크의 { $at }번째 글자가 깨졌습니다. % 뒤에 두 자리가 없습니다. 다시 받으세요.
error-link-no-value = 링크의 { $at }번째 글자가 깨졌습니다. 이름과 값이 아닙니다: “{ $part }”. 다시 받으세요.
error-link-unknown = 링크의 { $at }번째 글자에 이 페이지가 모르는 이름이 있습니다: “{ $key }”. 다시 받으세요.
error-link-twice = 링크에 같은 이름이 두 번 나옵니다: { $key }. 두 번째는 { $at }번째 글자입니다. 하나를 지우세요.
error-link-value = 링크의 { $at }번째 글자에 맞지 않는 값이 있습니다: { $key } = “{ $value }”. 쓸 수 있는 값: { $expected }.
error-link-missing = 링크에 빠진 것이 있습니다: { $key }. 다시 받으세요.
error-link-unfit = 링크의 { $at }번째 글자에 이 트래픽과 맞지 않는 이름이 있습니다: { $key }. 지우세요.
error-not-fetched = 파일을 이 사이트에서 가져오지 못했습니다: { $file }. 열린 것은 그대로입니다. 다시 시도하세요.
error-link-object = 링크가 가리키는 { $object } 객체는 이 기계에 없습니다.
error-link-state = 이 버전의 모델은 { $step } 단계에서 링크를 만든 버전과 다른 상태가 됩니다.

## 잘못된 것 (comes later)

error-not-a-capture = { $file }의 시작 부분이 pcap 파일과 다릅니다. 열려 있던 것은 그대로입니다.
error-not-ethernet = { $file }의 링크가 이더넷이 아닙니다(링크 유형 { $type }). 열려 있던 것은 그대로입니다.
error-cut-short = { $file } 안에서 바이트 { $offset }에 시작하는 { $frame }번째 프레임이 중간에 끊깁니다. 열려 있던 것은 그대로입니다.
error-bad-record = { $file } 안에서 바이트 { $offset }에 있는 { $frame }번째 프레임의 기록이 잘못되었습니다. 열려 있던 것은 그대로입니다.
error-nothing-received = { $file }에는 호스트가 받은 프레임이 없습니다. 열려 있던 것은 그대로입니다.
error-too-many = { $file }의 프레임이 한 번에 실행할 수 있는 { $limit }개보다 많습니다. 열려 있던 것은 그대로입니다.
error-no-step = 그런 단계는 없습니다. 마지막 단계는 { $last }입니다.
nothing-more = 이 실행에서는 더 일어나는 일이 없습니다.
nothing-before = 이보다 앞서 일어난 일이 없습니다.
nothing-ever = 이 실행에서는 일어나지 않습니다.
error-no-first-capture = 페이지에 딸린 캡처를 불러오지 못해 준비된 시나리오를 실행합니다.

## 도움말 (comes later)

help-buttons = 버튼, 슬라이더, 입력란에 초점이 있으면 그 키는 거기서 처리합니다.
help-lanes = 시간 축에 초점이 있을 때
help-model = 필드, 함수, 순서는 Linux 6.12.107의 것입니다. 시간은 모델 값입니다.
key-step = 한 단계 앞뒤로
key-ten = 열 단계 앞뒤로
key-packet = 계속 보는 것의, 없으면 이 패킷의 이전 단계나 다음 단계로
key-play = 재생 또는 일시 정지
key-home = 첫 프레임 직전으로
key-end = 끝으로
key-search = 검색
key-help = 이 목록
key-close = 닫기
key-zoom = 확대 또는 축소
key-shift = 더 이른 때나 더 늦은 때를 보기
key-fit = 실행 전체를 보기
key-marker = 이전 표시나 다음 표시로

## 객체 창 (comes later)

object-which = 구조체
object-before = 같은 종류의 이전 것
object-behind = 같은 종류의 다음 것
object-earlier = 이 객체의 지난 일로
object-later = 이 객체의 다음 일로
object-pin = 단계를 옮겨도 이것을 계속 보기
object-none = 아직 객체가 없습니다. 드라이버가 링을 만들지 않았습니다.
object-absent = 이 단계에는 없는 객체입니다.
object-no-layouts = 구조체를 불러오지 못했습니다. 이 창을 다시 열면 한 번 더 시도합니다.
object-size = { $bytes }바이트 · 캐시라인 { $lines }개
object-unused = 구멍 { $holes }개, { $unused }바이트
object-members = 구조체의 멤버
object-offset = 위치
object-member = 멤버
object-type = 타입
object-value = 값
object-cacheline = 캐시라인 { $line }
object-hole = { $bytes }바이트 구멍
object-written = 이 단계가 씀
object-read = 이 단계가 읽음
object-gone = 없어짐
object-itself = 자기 자신: 비어 있음
object-all = 멤버 { $members }개 모두 보기
object-fewer = 값이 있는 멤버만 보기
object-is-desc = RX 링 { $owner }의 디스크립터 { $number }
object-is-buf = RX 링 { $owner }의 버퍼 { $number }
object-is-ring = RX 링 { $number }
object-is-vector = 벡터 { $number }
object-is-irq = 인터럽트 라인 { $number }
object-is-action = 인터럽트 라인 { $number }의 핸들러
object-is-napi = 인스턴스 { $number }
object-is-gro = NAPI { $owner }의 버킷 { $number }
object-is-softnet = CPU { $number }의 것
object-is-page = 페이지 { $number }
object-is-skb = 소켓 버퍼 { $number }
object-is-shinfo = 소켓 버퍼 { $number }의 데이터 뒤
object-is-grocb = GRO 안의 소켓 버퍼 { $number }의 제어 블록
object-is-tcpcb = TCP 안의 소켓 버퍼 { $number }의 제어 블록
object-is-sock = 소켓 { $number }
object-is-icsk = 소켓 { $number }, 연결로서
object-is-tcp = 소켓 { $number }, TCP가 보는 모습
object-is-udp = 소켓 { $number }, UDP가 보는 모습
packet-followed = 패킷 { $number }을(를) 따라가는 중입니다.
packet-on-wire = 패킷 { $number }은(는) 아직 케이블에 있습니다.
packet-in-card = 패킷 { $number }은(는) 카드 안에 있습니다. 호스트의 메모리에는 아직 없습니다.
packet-gone = 패킷 { $number }은(는) 이제 호스트의 메모리에 없습니다. 읽혔거나 버려졌습니다.

## Registers, bytes (comes later)

registers-none = 드라이버가 아직 큐를 만들지 않았습니다. 카드에서 보여 줄 것이 없습니다.
registers-list = 카드의 레지스터
registers-at = BAR 0 + { $offset }
registers-posted = { $value } 값이 가는 중입니다. CPU는 쓰기가 도착하기를 기다리지 않습니다.
registers-unwritten = 아직 쓰지 않음
bytes-none = 아직 바이트가 없습니다. 드라이버가 링을 만들지 않았습니다.
bytes-which = 보여 줄 것
bytes-read = 읽기 형식: 드라이버가 썼고 카드가 읽을 것
bytes-written-back = write-back 형식: 카드가 쓴 것
bytes-captured = 프레임 { $packet }: 캡처된 그대로의 헤더 바이트
bytes-made = 프레임 { $packet }: 생성기가 정한 값으로 다시 만든 헤더. 페이로드는 0
bytes-virtual = CPU가 보는 { $address }
bytes-device = 카드가 보는 { $address }
bytes-nowhere = 지금은 호스트의 메모리에 없음
bytes-hex = 바이트, 한 줄에 열여섯
bytes-fields = 바이트의 뜻
bytes-bit = 비트 { $bit }
bytes-bits = 비트 { $high }:{ $low }
bytes-unknown = 모델에 없음

## Search

search-label = 검색
search-field = 구조체, 멤버, 함수, 사건 검색…
search-hint = 이름의 일부를 어떤 순서로든 입력하세요. 예: { $example }. 화살표 키로 고르고 엔터 키로 이동합니다.

## Taking something along (comes later)

notes-title = 노트에 담기
notes-theme = 테마
notes-theme-system = 보는 사람에 맞춤
notes-theme-light = 밝게
notes-theme-dark = 어둡게
notes-copy = 복사
notes-keep = 파일로 저장
notes-link = 링크
notes-markdown = Markdown 표
notes-iframe = 프레임 (iframe)
notes-svg = SVG
notes-svg-file = SVG 그림
notes-png-file = PNG 그림
notes-copied = 복사했습니다.
notes-kept = 다운로드에 저장했습니다.
notes-refused = 브라우저가 허락하지 않았습니다.
notes-step = 단계 설명
notes-ring = 링 표
