# The page of structs: its own labels. What is said of the structs is in structs.ftl.

structs-kernel = 커널
structs-list = 패킷이 지나는 구조체
structs-which = 구조체
structs-own = 내 커널: { $files }
structs-group-packet = 패킷과 그 메모리
structs-group-napi = NAPI와 softirq
structs-group-interrupt = 인터럽트
structs-group-ice = ice 드라이버
structs-group-igb = igb 드라이버
structs-group-descriptor = 디스크립터
structs-group-device = 장치와 큐
structs-group-header = 헤더
structs-group-socket = 소켓과 경로
structs-group-af-xdp = XDP와 AF_XDP
structs-group-iommu = IOMMU

structs-fetch = 이 커널의 모든 구조체 ({ $size } MB)
structs-fetch-all = 이 커널의 모든 구조체 가져오기
structs-coming = { $total } MB 중 { $done } MB
structs-comes = 커널의 구조체를 가져오는 중
structs-not-fetched = 가져오지 못했습니다. 다시 시도해 보세요.
structs-all-here = 이 커널의 구조체 { $count }개가 모두 있습니다. 무엇이든 검색해 보세요.
structs-skipped = 이 페이지가 모르는 종류의 타입 { $count }개는 건너뛰었습니다.

structs-own-choose = 내 커널의 BTF
structs-own-advice = /sys/kernel/btf/vmlinux를 엽니다. 같은 폴더의 모듈 파일은 함께 열거나 나중에 엽니다. 파일은 여기서만 읽고 어디로도 보내지 않습니다.
structs-drop-here = /sys/kernel/btf/vmlinux 같은 BTF 파일을 놓으세요. 파일은 이 컴퓨터에만 있습니다.
structs-own-taken = 파일 { $count }개를 이 페이지 안에서 읽었습니다: { $file }. 업로드한 것은 없습니다.
structs-own-gone = 내 커널의 구조체는 페이지가 열려 있는 동안만 있습니다. 파일을 다시 열어 주세요.
structs-error-no-base = { $file } 파일은 모듈의 BTF로 보입니다. 먼저 그 커널의 vmlinux를 열고 나서 모듈을 여세요.
structs-error-file = { $file } 파일을 읽지 못했습니다. { $fault } (바이트 { $offset }).
structs-fault-not-btf = BTF 파일이 아닙니다
structs-fault-big-endian = 빅 엔디언 기계의 파일입니다
structs-fault-version = BTF 버전이 1이 아닙니다
structs-fault-section = 파일 안에 들어가지 않는 부분이 있습니다
structs-fault-cut-short = 타입이 파일 끝을 넘어갑니다
structs-fault-strings = 이름을 읽을 수 없습니다
structs-fault-name = 파일에 없는 이름을 가진 타입이 있습니다. 모듈이라면 같은 커널의 vmlinux를 먼저 여세요
structs-fault-reference = 파일에 없는 타입을 가리키는 타입이 있습니다. 모듈이라면 같은 커널의 vmlinux를 먼저 여세요
structs-error-link = 주소에 뜻을 알 수 없는 부분이 있습니다: { $part }. 나머지는 그대로 보여 줍니다.
structs-unreachable = 구조체를 가져오지 못했습니다. 연결을 확인하세요.
structs-again = 다시 시도
structs-no-kernel = { $kernel } 커널은 여기에 없습니다.
structs-own-no-struct = 연 커널 파일에는 { $name }(이)라는 구조체나 공용체가 없습니다. 모듈의 구조체는 모듈 파일에 있으니 그 파일도 여세요.
structs-no-struct = Linux { $kernel }에는 { $name }(이)라는 구조체나 공용체가 없습니다.
structs-not-chosen = { $name }은(는) Linux { $kernel }에서 여기 있는 구조체에 들어 있지 않습니다. 모두 가져올 수 있습니다.

structs-made = 만드는 곳
structs-used = 쓰는 곳
structs-life = 수명
structs-source = 소스
structs-size = { $bytes }바이트 · 캐시라인 { $lines }개
structs-unused =
    { $holes ->
        [0] 구멍 없음
       *[other] 구멍 { $holes }개
    }, 안 쓰는 바이트 { $unused }
structs-bits = 안 쓰는 비트 { $bits }개

structs-forms = 구조체를 보는 방법
structs-form-map = 캐시라인
structs-form-table = 표
structs-form-source = C 순서
structs-form-pointers = 포인터
structs-form-compare = 비교
structs-map-label = 캐시라인별 멤버. 화살표 키로 옮겨 갑니다
structs-member-is = { $name }, { $type }, 오프셋 { $offset }

structs-offset = 오프셋
structs-bytes = 크기
structs-type = 타입
structs-name = 이름
structs-bits-of = { $bits }비트
structs-place = 오프셋 { $offset }, { $size }바이트, 캐시라인 { $line }
structs-place-bits = 오프셋 { $offset }, { $size }, 캐시라인 { $line }

structs-pointers-label = 이 구조체가 닿는 구조체와 그리로 가는 멤버. 아래 목록에도 같은 내용이 있습니다.
structs-pointers-list = 다른 구조체로 이어지는 멤버
structs-pointers-none = 여기 있는 구조체로 이어지는 멤버가 없습니다.
structs-more = { $count }개에 더 닿습니다.

structs-hole = 구멍 { $bytes }바이트
structs-bit-hole = 안 쓰는 비트 { $bits }개
structs-padding =
    { $bits ->
        [0] 끝에 안 쓰는 { $bytes }바이트
       *[other] 끝에 안 쓰는 { $bytes }바이트와 { $bits }비트
    }
structs-border = 캐시라인 { $line }
structs-border-ago = { $bytes }바이트 앞에서 캐시라인 { $line } 시작

structs-member = 멤버
structs-choose = 멤버를 고르면 쓰임새, 쓰는 함수, 다른 커널에서의 위치를 볼 수 있습니다.
structs-no-member = 이 커널의 { $struct }에는 { $name } 멤버가 없습니다. 있는 멤버를 고르세요.
structs-open = 그 자리에서 펼치기
structs-close = 다시 접기
structs-beside = 자리를 함께 쓰는 멤버
structs-leads = 가리키는 곳
structs-written-by = 쓰는 함수
structs-read-by = 읽는 함수
structs-written-by-in-model = 쓰는 함수 (6.12 모델)
structs-read-by-in-model = 읽는 함수 (6.12 모델)
structs-in-run = 이 실행에서
structs-touches = 쓰기 { $writes }번, 읽기 { $reads }번
structs-history = 변화 ({ $count }번)
structs-heat = { $step }단계까지 실행이 건드린 만큼 칠하기
structs-heat-less = 적음
structs-heat-more = 많음
structs-elsewhere = 다른 커널에서
structs-at = 오프셋 { $offset }
structs-not-there = 없음
structs-value = { $object }의 값, 단계 { $step }

structs-compare-kernel = 비교 대상
structs-compare-name = 구조체
structs-compare-all = 그대로인 멤버도
structs-compare-none = 그 구조체는 여기에 없습니다. 다른 커널이나 구조체를 고르세요.
structs-unnamed-union = 이름 없는 공용체
structs-unnamed-struct = 이름 없는 구조체
structs-compare-same = 둘이 같습니다.
structs-compare-change = 변화
structs-compare-size = { $old } → { $new }바이트, 캐시라인 { $before } → { $after }개
structs-compare-sum = 추가 { $added }, 제거 { $removed }, 변경 { $changed }, 이동 { $moved }
structs-added = 추가
structs-removed = 제거
structs-changed = 타입이나 크기
structs-moved = 이동
structs-same = 그대로
structs-other-line = 다른 캐시라인
