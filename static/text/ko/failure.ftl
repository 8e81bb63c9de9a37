# 페이지가 더 나아갈 수 없을 때 하는 말. 다른 말은 모두 따로 받아 오므로 이것만 프로그램에 들어 있다.

failure-title = nicscope가 멈췄습니다
failure-advice = 프로그램의 잘못입니다. 페이지를 새로 고치면 다시 쓸 수 있습니다. 보고서는 고치는 데 도움이 됩니다.
failure-missing = 페이지의 파일 하나를 가져오지 못했습니다. 연결을 확인한 다음 페이지를 새로 고치세요.
failure-copy = 보고서 복사
failure-reload = 새로 고침
