# 문장에 나오는 것들의 이름. $value는 번호, $cpu는 CPU 번호.

## 행위자. 문장은 이것으로 시작한다.

subject-wire = 케이블
subject-nic = NIC
subject-iommu = IOMMU
subject-lapic = 로컬 APIC
subject-kernel = CPU { $cpu }
subject-driver = CPU { $cpu }의 드라이버
subject-application = 애플리케이션

## 대상. 65535는 없음을 뜻한다.

object-frame = 프레임 { $value }
object-descriptor = 디스크립터 { $value }
object-ring = 링 { $value }
object-page = 페이지 { $value }
object-rx-buf = 버퍼 { $value }
object-tail = tail 레지스터
object-vector = 벡터 { $value }
object-register = 레지스터
object-irq = IRQ { $value }
object-softirq =
    { $value ->
        [3] NET_RX softirq
       *[other] softirq { $value }
    }
object-napi = NAPI { $value }
object-softnet = softnet_data { $value }
object-skb =
    { $value ->
        [65535] sk_buff
       *[other] sk_buff { $value }
    }
object-skb-list = sk_buff { $value }개
object-gro-result =
    { $value ->
        [0] GRO_MERGED
        [1] GRO_MERGED_FREE
        [2] GRO_HELD
        [3] GRO_NORMAL
        [4] GRO_CONSUMED
       *[other] GRO 결과 { $value }
    }
object-budget = 패킷 { $value }개
object-socket =
    { $value ->
        [65535] 소켓
       *[other] 소켓 { $value }
    }
object-task =
    { $value ->
        [0] 유휴 태스크
        [1] ksoftirqd/0
        [2] 준비 태스크
       *[other] 태스크 { $value }
    }
object-cpu = CPU { $value }
object-reason = 이유 { $value }
object-device = 장치

packet = 패킷 { $value }

## 컨텍스트: CPU가 어떤 종류의 코드를 돌리는가.

context-task = 태스크
context-softirq = softirq
context-hardirq = hardirq
context-hardirq-in-softirq = softirq 중의 hardirq

## 패킷을 잃는 곳.

place-card = NIC
place-driver = 드라이버
place-stack = 스택
place-model = 아직 모델에 없음

## 패킷을 잃는 이유.

drop-crc-error = 틀린 FCS
    .explanation = 프레임 끝의 체크섬이 내용과 맞지 않는다.
drop-undersize = 너무 짧음
    .explanation = 이더넷 프레임의 최소 길이보다 짧다.
drop-oversize = 너무 긺
    .explanation = NIC이 받아들이는 길이보다 길다.
drop-packet-buffer-full = 칩 안의 버퍼가 가득 참
    .explanation = DMA가 메모리로 옮기는 것보다 프레임이 더 빨리 왔다.
drop-no-descriptor = 디스크립터 없음
    .explanation = 큐에 채울 디스크립터가 없었고 그사이 칩 안의 버퍼가 넘쳤다.
drop-iommu-fault = IOMMU 폴트
    .explanation = NIC이 자신에게 매핑되지 않은 DMA 주소를 썼다.
drop-skb-alloc-failed = sk_buff 없음
    .explanation = sk_buff를 만들 메모리가 없었다.
drop-receive-error = 오류와 함께 받음
    .explanation = 디스크립터의 오류 비트가 손상된 프레임이라고 알려 드라이버가 해제한다.
drop-unhandled-proto = 모르는 프로토콜
    .explanation = 프레임의 ethertype에 등록된 프로토콜 핸들러가 없다.
drop-other-host = 다른 호스트의 것
    .explanation = 목적지 MAC 주소가 다른 호스트의 것이다.
drop-ip-header = 잘못된 IP 헤더
    .explanation = IPv4 헤더의 버전이나 헤더 길이가 틀렸다.
drop-ip-checksum = 틀린 IP 체크섬
    .explanation = IPv4 헤더의 체크섬이 맞지 않는다.
drop-packet-too-small = 잘린 IP 패킷
    .explanation = IPv4 헤더가 말하는 길이보다 프레임에 든 바이트가 적다.
drop-ip-in-addr-errors = 다른 주소로 온 것
    .explanation = MAC 주소는 이 호스트의 것이지만 IP 주소는 아니고, 포워딩이 꺼져 있다.
drop-udp-header = 틀린 UDP 길이
    .explanation = UDP 헤더의 길이가 패킷과 맞지 않는다.
drop-udp-checksum = 틀린 UDP 체크섬
    .explanation = UDP 데이터그램의 체크섬이 맞지 않는다.
drop-no-socket = 소켓 없음
    .explanation = 목적지 포트에 바인드된 소켓이 없다.
drop-tcp-header = 틀린 TCP 헤더 길이
    .explanation = TCP 헤더가 20바이트보다 짧거나 패킷이 헤더 안에서 끝난다.
drop-tcp-checksum = 틀린 TCP 체크섬
    .explanation = TCP 세그먼트의 체크섬이 맞지 않는다.
drop-tcp-flags = TCP 플래그 없음
    .explanation = 세그먼트에 ACK, RST, SYN이 하나도 없다.
drop-tcp-old-data = 낡은 TCP 데이터
    .explanation = 세그먼트의 데이터가 모두 이미 왔다. 상대가 다시 보낸 것이다.
drop-tcp-old-sequence = 낡은 시퀀스 번호
    .explanation = 마지막으로 ACK한 바이트보다 앞에서 세그먼트가 끝난다.
drop-tcp-invalid-sequence = TCP 윈도우를 벗어남
    .explanation = 수신 윈도우의 끝보다 뒤에서 세그먼트가 시작한다.
drop-tcp-overwindow = TCP 윈도우에 자리 없음
    .explanation = 수신 윈도우가 끝나는 곳에서 세그먼트가 시작한다. 윈도우에 드는 데이터가 없다.
drop-tcp-zero-window = 닫힌 TCP 윈도우
    .explanation = 수신 윈도우가 닫혔는데 데이터가 왔다.
drop-tcp-ack-unsent-data = 보낸 적 없는 데이터의 ACK
    .explanation = 이 호스트가 보낸 적 없는 바이트를 ACK한다.
drop-tcp-too-old-ack = 너무 낡은 ACK
    .explanation = 이미 ACK된 곳보다 윈도우 하나 넘게 앞을 ACK한다.
drop-tcp-invalid-syn = 뜻밖의 SYN
    .explanation = 이미 열린 연결에 SYN이 왔다.
drop-tcp-reset = 다른 바이트의 RST
    .explanation = 다음에 기다리는 바이트의 RST가 아니다. 위조일 수 있다.
drop-tcp-abort-on-data = FIN 뒤의 데이터
    .explanation = 상대가 더 보낼 데이터가 없다고 한 뒤에 데이터를 보냈다. 연결을 리셋한다.
drop-tcp-close = 닫힌 연결
    .explanation = 이미 닫힌 연결로 온 세그먼트다.
drop-tcp-ofo-merge = 이미 빈틈 뒤에 있음
    .explanation = 빈틈 뒤에서 기다리는 다른 세그먼트들에 데이터가 모두 들어 있다.
drop-tcp-ofo-drop = 그사이 순서대로 옴
    .explanation = 빈틈 뒤에서 기다리는 동안 데이터가 모두 순서대로 왔다.
drop-proto-mem = TCP 데이터를 둘 메모리 없음
    .explanation = 소켓에서 기다리는 세그먼트들이 이미 sk_rcvbuf보다 많은 메모리를 차지한다.
drop-socket-backlog = 백로그가 가득 참
    .explanation = 태스크가 소켓을 쓰는 중이었고 백로그에 남은 자리가 없었다.
drop-not-specified = FIN 뒤
    .explanation = FIN이 왔을 때 빈틈 뒤에 있던 데이터(세지 않는다)나 FIN 뒤에 온 세그먼트다. 커널은 이유를 남기지 않는다.
drop-socket-rcvbuff = 수신 메모리가 가득 참
    .explanation = 소켓에서 기다리는 패킷들이 이미 sk_rcvbuf보다 많은 메모리를 차지한다.
drop-fragment-not-modelled = IP 조각
    .explanation = 모델은 아직 조각을 다시 맞추지 않는다. 실제 커널은 맞춘다.
drop-protocol-not-modelled = 다른 프로토콜
    .explanation = ARP, IPv6, VLAN 태그이다. 실제 커널은 처리하지만 모델은 아직 하지 않는다.
drop-handshake-not-modelled = TCP 핸드셰이크
    .explanation = 연결을 여는 세그먼트다. 실제 커널은 답하지만 모델은 아직 하지 않는다.
drop-transport-not-modelled = 다른 전송 계층
    .explanation = 모델이 아직 모르는 전송 프로토콜이다. 실제 커널은 알 수도 있다.
