"""The words of work, money, places and examinations."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "exam": r"""
        붙을까 붙을_수 붙을수 붙나 붙냐 붙어요 붙겠 붙을지 붙고_싶 합격 불합격 모의고사 모고$ 내신 중간고사
        기말고사 학력평가 검정고시 텝스 오픽 아이엘츠 토스$ 한능검 한국사_시험
        컴활 정처기 정보처리기사 전기기사 산업기사 쌍기사 감평 감정평가사 변리사 법무사 관세사 행정사 사복$
        사회복지사 요양보호사 간호조무사 조무사 손해사정사 보육교사_자격 한국어능력
        리트 피셋 순경 군무원 소방직 교행 지방직 국가직 임고 임용 교원_임용 중등임용 초등임용 공시 노량진 고시원
        시보 콩쿠르 오디션 신춘문예 공모전 논술 실기고사 추합 예비번호 인서울
        스카이_대학 서울대 연고대 지거국 반수 삼반수 수험 고3 고삼 불합 낙방 떨어진_시험 커트 최저_맞 등급컷
        운전면허 면허_따 면허_시험 필기시험 주행_시험 도로주행 기능시험 한의대
        약대 치대 의대_가 의대_갈 의대_붙 교대_가 교대_붙 로스쿨 변시 경찰대 사관학교 영재고 과학고_붙 외고_붙
        자사고_붙 lsat mcat gre gmat toefl ielts
        toeic exam exams bar_exam boards finals midterms med_school law_school driving_test licen[sc]e_test
        entrance qualify
    """,
    "job": r"""
        취뽀 광탈 서탈 면탈 최탈 서합 면접 최종_발표 오퍼_레터 오퍼 처우_협의 수습 정규직 무기계약 신입_공채
        공채 헤드헌터 경력직 무직 놀고_있 집에서_노 일을_쉬 경단녀 경력_단절
        링크드인 원티드$ 사람인$ 잡코리아 인적성 대기업_갈 대기업_들어 공기업_갈 공기업_들어 공기업_취 채용 뽑힐
        뽑아_줄 뽑아줄 뽑히 밥줄 첫_출근 첫출근 출근은_언제 출근_언제
        출근하게 일자리 일거리 구직 실업급여 실업자 재취업 복직 채용공고 짤릴 짤리 잘릴까 잘리나 안_잘릴
        구조조정 명퇴 희망퇴직 권고사직 정리해고 hired rehired
        recruiter internship offer job_offer jobless unemployed laid_off layoffs? fired callback
        second_round final_round
    """,
    "change": r"""
        이직 환승이직 퇴사 퇴직서 사표 사직서 관둘 관두 그만둘까 그만두고_싶 때려치 때려칠 때려쳐 런_칠 탈주
        탈출하고_싶 못_다니겠 못다니겠 다니기_싫 다니기가_싫 더_다녀 계속_다녀
        계속_다닐 더_다닐 버티고_다 회사_다녀야 회사_나가 나와_버릴 부서_이동 부서이동 전배 전출 파견_근무 육휴
        육아휴직 휴직 안식년 직무_변경 직종_변경 커리어_전환 전업_할
        이직_제의 스카우트 스카웃 제의가 제의_받 경쟁사 연봉_차이 조기퇴직 명예퇴직 공무원_그만 교사_그만
        간호사_그만 면직 의원면직 의원_면직 전역 제대_하고 군복무_연장 장기복무
        quitting quit hand_in_my_notice notice_period jump_ship career_change sabbatical resign
    """,
    "promotion": r"""
        승진 진급 특진 연봉_협상 연봉협상 연봉_인상 연봉_오 연봉이_오 임금_인상 호봉_오 임원_될 임원_달 임원_승
        별_달 인사고과 고과 성과급 상여 인센 보너스 팀장_달 팀장_될
        팀장이_될 발탁 감투 원장_될 교감_될 교장_될 주임_달 과장_달 부장_달 차장_달 대리_달 정교수 전임_될 영전
        출세 promotion promoted pay_rise
        payrise raise tenure partner_at_the_firm corner_office
    """,
    "business": r"""
        창업 개업 폐업 폐점 자영업 장사 가게 매장 점포 가맹 프차 체인점 분점 지점_낼 지점을_낼 2호점 확장 권리금
        오픈할 오픈해 오픈하 동업 합작 법인_전환 법인 사업자
        스마트_스토어 스스$ 쿠팡_판매 위탁판매 위탁_판매 구매대행 온라인몰 쇼핑몰 라이브_커머스 공구_진행
        해외_판매 무인카페 무인_카페 무인_매장 무인매장 무인_가게 스터디카페
        푸드트럭 배달_전문 밀키트 반찬_가게 스마트팜 과수원 농사 양봉 축사 양식장 에어비앤비 게스트하우스 민박
        펜션_ 숙박업 공유오피스 개원_ 개원하 개원할 개국할 공방 1인_기업
        일인_기업 프리랜서 프리로 외주 수주 입찰 납품 거래처 바이어 투자_유치 투자자를 시드_투자 인플루언서
        스트리머 유튜브 유튜버 틱톡 웹소설_연재 웹툰_연재 전자책 앱_출시
        앱_개발해 스타트업 단골 손님 매출 월_매출 파리만_날 개시 자릿세 목이_좋 상권 업종 품목 신메뉴 메뉴를_바
        ~집을_차 ~집_차 ~집_열 ~집_해볼 ~집_하 ~집_접 ~가게_차
        ~샵_차 ~샵_오픈 ~샵_열 ~샵_하 ~원_차 ~원_오픈 개업식 카페_할까 카페_차 카페_열 카페_해 식당_할 식당_차
        식당_열 식당_해 bakery
        caf[eé]_business storefront rent_a_store open_a_store sell_well etsy shopify dropshipping clients? startup co-?founder investors
        franchise self-employed freelance side_gig side_business food_truck my_store my_restaurant
        my_caf[eé] my_company launch
    """,
    "_work": r"""
        적성 천직 진로 직업 밥벌이 손재주 뭐_해먹고 뭐해먹고 뭘로_먹고 뭐로_먹고 뭐_먹고_살 뭐하고_살 뭐하며_살
        dream_job calling vocation career_path
    """,
    "work": r"""
        직종 업계 생업 일복 과로 워라밸 야근 업무 프로젝트 실적 성과가 능력을_인정 정년 은퇴 노후 제2의_인생
        인생_2막 전문직 기술직 사무직 영업직 현장직 재능 소질 일머리
        일이_손에 일하기_싫 출근하기_싫 출근이_싫 월요병 번아웃 일이_몰 일이_너무_많 일이_많 업무량 격무
        교대_근무 나이트_근무 3교대 장롱면허 기술을_배 기술_배 미용_배 배우_될
        배우가_될 가수_될 가수가_될 아이돌 연예인 모델_될 작가가_될 작가_될 작가로 운동선수 프로_데뷔 데뷔
        프로게이머 셰프 승무원 파일럿 조종사 기자가_ 아나운서 개발자 디자이너
        마케터 간호사가 의사가_될 교사가_맞 교직이_맞 공직이 군인이_맞 예술_쪽 예체능 미술_쪽 음악_쪽 연기_쪽
        요리_쪽 이과_쪽_일 말로_먹고 몸_쓰는_일 몸으로 사람_상대 서비스직
        해외_영업 burnout deadlines? workload workaholic side_project retire\w* colleagues_at_work profession
    """,
    "money": r"""
        재물 재운 돈복 금전 목돈 종잣돈 텅장 통장 잔고 월급날 살림살이 생활고 가계부 씀씀이 낭비 과소비 지름신
        충동구매 헤프 새는_돈 밑빠진 벌어도 벌이가 수입 소득 저축 적금 연금
        재정 자금 현금 여윳돈 부자 갑부 백만장자 억대 일억 1억 10억 십억 백억 떼돈 큰돈 공돈 꽁돈 횡재 대박_나
        대박_날 대박운 대박_운 금수저 흙수저 가난 거지 궁핍 쪼들 궁하
        돈줄 돈방석 돈벼락 돈_나올 먹고살_만 먹고_살_만 물려받 rich wealthy? broke paycheck savings? money cash
        millionaire
        finances? poor overspend\w* spending budget
    """,
    "invest": r"""
        코인 비트 비트코인 이더 리플 도지 솔라나 알트 밈코인 삼전 하이닉스 하닉 테슬라 엔비디아 애플_주
        카카오_주 네이버_주 현대차_주 2차전지 반도체주 바이오주 테마주 나스닥 코스피
        코스닥 미장 국장 서학개미 동학개미 개미 공모주 배당 지수_추종 레버리지 인버스 선물_거래 선물거래
        선물옵션 마진 단타 스윙 스캘핑 손절_치 물타기 평단 존버 본전 원금 손실
        수익률 익절 떡락 떡상 폭락 금투자 금_투자 골드바 달러 엔화 환율 환테크 로또 복권 스피또 토토 도박 카지노
        경마 잭팟 당첨 경품 주식 펀드 투자 재테크 매수 매도 리딩방 nft
        etf s&p 몰빵 풀매수 stocks? shares etfs? nasdaq tesla nvidia crypto bitcoin btc ethereum eth dogecoin
        lottery lotto jackpot gambl\w* casino portfolio day_trad\w* invest\w* gold
    """,
    "debt": r"""
        빚 대출 카드론 리볼빙 현금서비스 사채 일수_ 연체 독촉 추심 압류 신불자 신용불량 신용회복 개인회생 파산
        채무 채권자 원리금 이자 상환 돌려막 카드값 카드빚 보증 빌려 빌린
        빌려간 빌려준 꿔간 꿔준 꿔줄 꿔달 떼먹 떼인 못_받은_돈 못받은_돈 갚 전세_대출 주담대 학자금 마통
        마이너스_통장 영끌_대출 debts? loans? owe[sd]? lend
        lent borrow\w* student_loans? credit_cards? bankrupt\w* pay_back pay_off repay
    """,
    "house": r"""
        집_사(?!람|님) 집을_사 집_살 집을_살 집_팔 집을_팔 집이_팔 집_구 집을_구 집이_나갈 집이_안_나 집_계약
        내_집 내집 아파트 빌라 오피스텔 원룸 투룸 주택 전원주택
        타운하우스 단독주택 평수 \d+평 재건축 재개발 청약 분양 입주 잔금 전세 월세 반전세 전세금 보증금 깡통전세
        전세사기 세입자 집주인 임대인 임차인 임대차 등기 부동산 집값 호가
        급매 내놓은_집 집_내놓 땅을 땅_사 땅_팔 땅이 임야 논밭 토지 상가 건물주 꼬마빌딩 갭투자 갈아타도 평대
        청약_당첨 청약이_당첨 청약에_당첨 분양권 리모델링 인테리어 집_짓
        집을_짓 영끌 apartment condo house_hunting mortgage landlord tenants? lease buy_a_house buy_a_home
        homeowner property on_the_market real_estate rent
    """,
    "move": r"""
        이사 이삿날 이사날 손없는날 손_없는 이민 이주 유학_가 해외 외국 타국 미국 캐나다 호주 뉴질랜드 일본_가
        일본으로 일본에서_살 독일 프랑스 영국 유럽 베트남 태국 싱가포르
        필리핀 말레이시아 두바이 중국_가 중국으로 대만 제주_이 제주도_가 제주도로 제주살이 제주에서_살 시골
        지방_발령 지방발령 지방으로 서울로 서울_가서 서울_올라 수도권 고향 귀농
        귀촌 귀향 상경 독립할 독립하 독립해 자취 기숙사 분가해_나 워홀 워킹홀리데이 교환학생 어학연수 주재원
        파견_가 영주권 시민권 비자 한달살이 역마 역마살 여행 떠나볼 떠나고_싶
        동쪽 서쪽 남쪽 북쪽 방위 한국_돌아 한국으로_돌아 귀국 집_나가 집을_나가 relocat\w* abroad overseas
        emigrat\w* immigrat\w* visa
        green_card move_out move_to moving_to moving_back hometown new_city countryside another_country
        back_home toronto vancouver london berlin paris tokyo seoul sydney new_york canada australia germany
        japan korea europe
    """,
}
