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
stage-masked = 막힘
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
stage-socket = 소켓 큐
stage-socket-of = 소켓 { $number }
stage-socket-short = 소켓
stage-application = 애플리케이션
stage-application-short = 앱
stage-reader-none = 시작 전
stage-reader-ended = 끝남
stage-reader-sleeps = recv에서 잠듦
stage-reader-reads = 깨어 있음
stage-reader-none-short = –
stage-reader-ended-short = 끝남
stage-reader-sleeps-short = 잠듦
stage-reader-reads-short = 깨어 있음
stage-datagrams = 읽은 수
stage-bytes = 바이트

owner-nic = NIC
owner-back = write-back됨
owner-filled = 채움
owner-driver = 드라이버

bus-frame = 프레임 ▸
bus-descriptor = write-back ▸
bus-fetch = ◂ 읽어 옴
bus-translate = 주소 변환
bus-interrupt = MSI-X 메시지
bus-register = 레지스터 쓰기
bus-tail = { $register } = { $value }
