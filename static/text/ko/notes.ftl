# 노트에 옮긴 구조체: 그림, 표, 고정된 페이지.

## 그림과 표.

notes-size-of = { $bytes }바이트 · 캐시라인 { $lines }개
notes-line = { $member }: { $type }, 오프셋 { $offset }, 크기 { $size }
notes-bits = { $bits }비트
notes-offset = 오프셋
notes-size = 크기
notes-type = 타입
notes-member = 멤버
notes-hole = 구멍
notes-padding = 패딩
struct-lines-folded = 캐시라인 { $lines }개
notes-picture = 한 줄에 8바이트, 캐시라인 하나에 여덟 줄입니다. 빗금 친 곳은 어느 멤버도 쓰지 않습니다.

## 고정된 페이지.

embed-open = nicscope에서 열기
embed-made = 만드는 곳
embed-used = 쓰는 곳
embed-life = 수명
embed-source = 소스: Linux { $kernel }의 { $source }
embed-map = { $struct }의 캐시라인. 멤버마다 아래 표에 한 줄이 있습니다
embed-more = 그 밖의 멤버 { $count }개
embed-picture = 그림으로
embed-kernel = Linux { $kernel }에서

## 목록.

embed-index = 노트에 넣는 구조체
embed-index-about = 페이지와 그림은 스크립트 없이 프레임 안에서도 파일로도 열립니다.
