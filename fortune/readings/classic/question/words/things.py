"""The names of loans, illnesses, trades, rites and the like, and the plain verbs that go with a matter.

A matter whose name begins with "__" counts only where nothing else is named: a trade or a lesson is often mentioned by the way.
"""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "debt": r"""
        돌려받 돌려_받 꿔줬 꿔_줬 꿔주 꾸어준 꾸어간 빚투 신용점수 신용_점수 대부업 캐피탈 햇살론 새출발기금 워크아웃
        돈_떼 돈을_떼 돈을_안_돌려 돈_안_돌려 차용증 곗돈 계주가 계돈 전세보증금을_빌 카드_돌려 변제 돈을_안_갚
        pay_it_off in_debt collection_agency
    """,
    "pregnancy": r"""
        동생을_낳 동생_낳 동생_만들 하나_더_낳 하나_더_가 하나_더_갖 하나_더_키 난자_동결 난자 이식만 이식을 이식이
        배아 동결배아 과배란 유산_후 유산하고 계류유산 산후조리 엽산 태명 쌍둥이_임 아이가_찾아 아이를_기다 아기를_기다
        아이가_안_생 애가_안_생 자연임신 miscarriages? egg_freezing embryo trying_to_conceive
    """,
    "_pregnancy": r"""
        아이는_언제_올 아이가_언제_올 아기는_언제_올
    """,
    "love": r"""
        여자가_있긴 남자가_있긴 여자가_있을까 남자가_있을까 소개_좀 소개를_받 번호를_물 연락처를_줄 연락처를_물 만남_앱
        인만추 자만추 이성을 이성과 이성에 썸도_없 고백을_받_적 애프터 결혼할_사람이_나타 인연이_나타 짝이_나타
        meet_the_right right_person end_up_with end_up_alone
    """,
    "marriage": r"""
        며느리를_데려 사위를_데려 며느리_볼 사위_볼 며느리를_볼 사위를_볼 며느리_보 사위_보 스드메 신혼여행 신혼부부
        양가_부모 양가에서 양가가 날짜를_잡 결혼할_상대 결혼_상대 예식_날 혼인신고 시댁에_인사 친정에_인사 wedding_date
    """,
    "health": r"""
        뇌경색 뇌종양 파킨슨 치주염 잇몸 부정맥 협심증 심근경색 백혈병 루푸스 섬유근육통 메니에르 족저근막 테니스엘보 손목터널
        척추 반월판 인대 화상 알코올_중독 알코올중독 알콜_중독 섭식 폭식 거식 갑상샘 혈당 담석 맹장 편도 이비인후 안과 정형외과
        피부과 신경과 정신과 한의원에 한의원을 임파선 독감 폐에 간에_좋 간에_이상 간에_혹 간에_문제 간에_무리 위에_혹 대장 췌장 식도 폐암 위암 유방암 대장암
        약을_줄 약_줄 약을_끊 물리치료 도수치료 재검 추적_검사 추적검사 의식을 의식불명 희귀병 난치 사고_후유증 수술_후유증 합병증 거동 와상
        욕창 낙상 골다공 언어_치료 언어치료 발달이 발달_지연 말문 치료실 말이_늦 말이_느 stroke rehab chemo radiation dialysis dementia alzheimer'?s? tumou?r biopsy walk_again grow_up_strong grow_up_healthy lump arthritis knees?
    """,
    "exam": r"""
        사시 행시 외시 전공의 레지던트 예비_번호 추가합격 합격_발표 1차_시험 2차_시험 최종_시험 승급_시험 입학_시험 면접_전형
        driving_licen[sc]e licensing_exam citizenship_test first_choice admissions? sats?
    """,
    "_exam": r"""
        의대 applying_to_colleges? applying_to_universit\w+
    """,
    "job": r"""
        자리가_날 자리가_나 공고_뜨 채용_공고 국비지원 서류에서 서류를 정규직_전환 직장을_구 직장을_못_구 일을_못_구 취업이
        job_search land_a_job job_market
    """,
    "change": r"""
        나가라는 나가라고 다른_데로 사내_공모 오퍼를_받 오퍼가_왔 다닌_지 때려침 그만두 그만_두 그만둬 관뒀 권고를_받 권고사직
        지방_근무 회사를_옮 dread_mondays 더준다는데 더_준다는데 올려준다는데 올려_준다는데 hand_in_my_notice notice stay_or_go toxic_job
    """,
    "house": r"""
        생애_최초 디딤돌 신생아_특례 보금자리론 무순위 중도금 대단지 임대_아파트 임대주택 집_내놨 집을_내놨 집_내놓 집을_내놓
        집이_나가 집이_언제 집은_언제 둘러본_집 own_a_home own_a_house outbid house_hunt down_payment
    """,
    "move": r"""
        본가로 한달살기 해외_발령 동남아 지구_반대 캐리어_하나 나라_밖 move_back relocation
    """,
    "law": r"""
        합의를_봐 합의가_될 사기를_당 사기로_ 무고죄 무고로 의료사고 교통사고_합의 개인정보_유출 법적으로 고소장 피해자 가해자
        처벌 구형 민사 형사 소액재판 지급명령 settle_out
    """,
    "promotion": r"""
        파트장 관리자_ 인사_평가 연말_평가 승진_심사 승진에서 승진을 직급이 연봉을_올 연봉이_안
    """,
    "people": r"""
        오해 돈_자랑 자식_자랑 자랑만 자랑질 기분이_상 가스라이팅 정떨어 편_가르 무리에서 단톡방 따로_놀 저만_빼고 나만_빼고 저를_피하 저를_피해 나를_피해 대꾸도
        인사를_안_받 인사도_안_받 말을_걸어도 삐졌 삐진 삐져 토라 절교당 저를_멀리 left_out excluded dislikes?_me ignor(?:es|ed|ing)_me
    """,
    "family": r"""
        생신 부양 유산_다툼 재산을_혼자 재산을_다 재산_문제로 재산을_두고 재산을_나누 상속_문제로 맏며느리 집안_행사 가족_여행
        가족_모임 남매_사이 형제_사이 자매_사이 엄마와_사이 아빠와_사이 시누이 시누 동서와 시댁에서 시댁이 친정에 친정이
        stepmother stepfather step-?_?mom sister-in-law
    """,
    "spouse": r"""
        부부_사이 부부_관계 남편과_사이 아내와_사이 냉전 말_안_한_지 따로_잔 집안일을_안 같이_사는_게_답답
    """,
    "child": r"""
        게임_중독 스마트폰_중독 편식 산만 틱_ 틱이 거짓말을_해 등원
        아이_키우 애_키우 사회성 단짝한테 친구를_못_사귀 won't_talk_to_me slams_the_door reach_her reach_him
    """,
    "grief": r"""
        유품 임종 산소에 펫로스 떠나보낸 장례를_치 상을_치 보내고_나서 보내고_나니
    """,
    "luck": r"""
        나쁜_운 안_좋은_일만 나쁜_일만 안_좋은_일이 나쁜_일이 좋은_일이_생 좋은_일은_언제 운이_트 운_트 용한 굿을 새해에
        행복은_언제 숨_좀 숨통 one_thing_after_another nothing_goes_right catch_a_break
    """,
    "self": r"""
        내성적 결정을_못 결정_못 말실수 의심이_많 끝까지_가질 끝까지_가지 끝을_보지 꾸준히_못 꾸준함 금방_질 금세_질
        시들해 시들합 싫증 성미 왜_이_모양 왜_이모양 사람이_될까 그릇이 push_people_away overreact self-?sabotag\w*
        procrastinat\w* afraid_of_commitment
    """,
    "reunion": r"""
        그만하자고 끝났어요_다시 다시_연락 다시_잡 다시_찾아 받아줄까 받아_줄까 돌아와_줄 blocked_me comes?_back
    """,
    "breakup": r"""
        끝낼지 끝내는_게 놓아야 놓아_줘야 정을_떼 시간을_갖 시간을_가지 시간_갖 생각할_시간 정리해야_할 정리하는_게_맞 그만_봐야 stop_seeing
    """,
    "affair": r"""
        비번을_바꾸 비번도_바뀌 비번이_바뀌 채팅앱 오픈채팅 몰래_만나 몰래_만난 몰래_연락 하트_주고 하트를_주고
        화장실까지_들고 낯선_향수 남자_목소리 여자_목소리 sneaking hides_(?:his|her)_phone
    """,
    "divorce": r"""
        각자_살 그만_살 그만_사는 헤어져_사 이_결혼을_유지 결혼을_유지 결혼을_끝 친정으로_가버 split_up separate_rooms
    """,
    "work": r"""
        이_길이 주야간 야간_근무 교대근무 전문성 자격이_맞 재택 손에_맞는_일 어울리는_일 맞는_일 딴_일 다른_직업
        clue_what_i_want career_suits
    """,
    "money": r"""
        비상금 돈_관리 돈관리 돈_복 모아_둔_돈 모은_돈 모이질 모이지_않 전부네요 전_재산 손에_남는 can't_save
    """,
    "heart": r"""
        선생님이_좋아 분이_좋아 사람이_좋아 오빠가_좋아 누나가_좋아 밥_먹자고 마음_가는 마음이_가는 맘_가는 끌리는_사람 used_to_text good_morning_text stopped_texting leads_me_on
    """,
    "_money": r"""
        편히_먹고 말년에_좀 말년에는 my_finances finances_recover
    """,
    "__business": r"""
        쿠팡 배달 미용실 카페 식당 술집 네일 필라테스 헬스장 무인_ 편의점 온라인_판매 수출 약국 농장 꽃집 정육점 분식집 빵집 떡집
        대여점 하우스 비닐하우스 세차장 빨래방 고깃집 횟집 철물점 문구점 세탁소 옷가게 반찬집 호프집 피시방 pc방 당구장 노래방 재고 단골이
    """,
    "__study": r"""
        코딩 영유 일유 영어 수학 문제집 숙제 국어 과학 일본어 중국어 악기 피아노 바이올린 미술을 입학
    """,
    "__child": r"""
        자녀 양육 스마트폰 첫째와_둘째 아이_문제 애_문제
    """,
    "__promotion": r"""
        평가 보너스 bonus
    """,
}
