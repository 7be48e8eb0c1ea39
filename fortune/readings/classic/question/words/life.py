"""The words of love, kin, body, law, and of luck and oneself."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "love": r"""
        연애 모솔 모태 모쏠 솔탈 솔로 커플 이상형 소개팅 소개팅앱 소개팅_어플 미팅_나 과팅 헌팅 틴더 데이팅 맞선
        선_자리 중매 동호회에서_인 이성 이성운 도화 도화살 홍염 인기가_없
        인기_많 대시 들이대 꼬실 꼬시 플러팅 첫사랑 연하 연상 사내연애 장거리_연애 장거리연애 데이트 설레
        사랑_받 사랑받 사랑을_할 사랑할 연애운 애정운 내_짝 짝이 짝은 제_짝 반쪽
        운명의 소울메이트 외로 옆구리 남자복 여자복 남자_복 여자_복 남자운 여자운 썸만 썸_타다 썸타다 남친_생
        남친이_생 여친_생 여친이_생 애인_생 애인이_생 애인_만 남친_만들
        여친_만들 남자를_만 여자를_만 남자_만 여자_만 좋은_남자 좋은_여자 좋은_사람 괜찮은_남자 괜찮은_여자
        나쁜_남자 이상한_놈 똥차 벤츠 애인복 미래_남편 미래_와이프
        미래_배우자 미래_아내 미래의_남편 미래의_아내 미래의_배우자 남편_될_사람 아내_될_사람 와이프_될 신랑_될
        배우자_될 배우자상 눈이_높 철벽 연애세포 dating single
        soulmate the_one love_life tinder hinge bumble valentines? fall_for fall_in_love meet_someone
        find_love future_husband future_wife future_spouse unavailable_guys? unavailable_men heartbreak
    """,
    "heart": r"""
        짝사랑 짝남 짝녀 썸남 썸녀 썸_타 썸타는 고백 그린라이트 어장 밀당 간_보 읽씹 안읽씹 단답 답장 선톡
        카톡_프사 프사 인스타_염탐 염탐 스토리_봐 속마음 진심일 진심인
        마음이_식 맘이_식 마음_식 맘_식 식은_거 식은거 변심 맘이_변 마음이_변 호감 관심이_있 관심_있 관심있
        나_좋아 나를_좋아 저를_좋아 저_좋아 절_좋아 날_좋아 좋아하는_거
        좋아하는거 좋아하는_것 좋아하는_걸 좋아하는지 좋아할까 사랑하긴 사랑하는_걸까 사랑하는지 사랑하나
        저를_어떻게_생각 날_어떻게_생각 저_어떻게_생각 나_어떻게_생각 보고_싶어_할
        보고싶어할 그리워할 생각할까 생각날까 집착 질투 거리를_두 거리_두 차가워 차갑 시큰둥 무뚝뚝 애정_표현
        표현을_안 crush likes?_me loves?_me
        miss(?:es)?_me into_me feelings left_(?:me_)?on_read ghost(?:ed|ing)? texts?_me texting_back
        mixed_signals lead(?:ing)?_me_on distant cold_to_me
    """,
    "reunion": r"""
        재회 재결합 전남친 전여친 전남자친구 전여자친구 전_남친 전_여친 전_애인 엑스 구남친 구여친 헤어진_남
        헤어진_여 헤어진_그 헤어진_애인 헤어진_사람 돌아올까 돌아오나 돌아올_수
        돌아와 돌아올지 다시_만날 다시_만나 다시_잘 다시_사귈 다시_이어질 다시_합칠 다시_붙 붙잡 매달리 매달려
        매달릴 미련 못잊 못_잊 잊지_못 후폭풍 환승이별 잠수이별 잠수_이별
        차단 차단_풀 my_ex ex-?boyfriend ex-?girlfriend come_back(?:_to_me)? get_back_together back_together
        reconcil\w* no_contact
    """,
    "breakup": r"""
        이별_후유증 이별을 이별 헤어지 헤어질 헤어져 정리할까 정리해야 관계를_정리 관계_정리 그만_만날 그만_만나
        그만만날 놓아줄 놔줄 놔줘 끝낼까 끝내야 끝내는 차버릴 권태기 파혼
        헤어졌는데 헤어진지 헤어진_지 차인지 차인_지 더_만나 계속_만나 계속_만날 계속_사귈 계속_사귀 break_up
        breakup dump(?:ed|ing)? leave_him
        leave_her stay_with_him stay_with_her end_things move_on get_over
    """,
    "affair": r"""
        바람_핀 바람핀 바람피 바람_피 바람났 바람_났 바람나 외도 불륜 상간 양다리 세컨드 내연 두집살림 딴살림
        딴놈 딴년 딴여자 딴남자 딴_놈 딴_년 딴_여자 딴_남자 다른_여자
        다른_남자 여자_생긴 여자가_생긴 남자_생긴 남자가_생긴 유흥업소 업소를_다 룸살롱 환승_준비 오피스_와이프
        상간녀 상간남 cheat(?:s|ed|ing)? affair
        another_man another_woman other_man other_woman unfaithful side_chick mistress seeing_someone_else
    """,
    "divorce": r"""
        이혼 갈라서 갈라설 별거 졸혼 협의이혼 숙려기간 재산분할 이혼_도장 도장을_찍 도장_찍 파경 divorc\w*
        separat(?:e|ed|ing|ion)
        leave_my_(?:husband|wife|marriage) end_my_marriage
    """,
    "marriage": r"""
        결혼 혼인 시집_가 시집_언 시집은_언 시집_갈 시집가 시집갈 장가 웨딩 예식장 예식 식장 버진로드 면사포
        드레스_입 상견례 프로포즈 프러포즈 청혼 신혼 혼수 예물 예단 약혼 재혼
        비혼 국결 국제결혼 결정사 결혼정보 혼기 노총각 노처녀 만혼 조혼 배필 천생연분 신랑감 신붓감 신부감
        며느릿감 며느리감 사윗감 사위감 사주단자 궁합 혼전 동거 남편복 남편_복 처복
        처_복 아내복 아내_복 배우자복 배우자_복 배우자운 배우자_운 남편운 남편_운 품절 유부 택일 날잡 날_잡
        marry(?:ing)? married marriage wedding
        engaged fianc[eé]e? propos(?:e|es|al) tie_the_knot settle_down
    """,
    "pregnancy": r"""
        임신 출산 아기_생 아기가_생 아기_언 아기는_언 아기_가 아기를_가 아이_생 아이가_생 애가_생 애_생
        애_언제_생 아이를_가 아이_가질 애_가질 애를_가 태교 태아 뱃속
        배_속_아 시험관 인공수정 배란 배테기 임테기 두줄 착상 난임 불임 산부인과 제왕절개 출산일 순산 입덧 딩크
        둘째_생 둘째가_생 둘째_낳 둘째_가 둘째를_가 둘째를_낳 둘째_계획
        둘째_언 둘째는_언 셋째_생 셋째_낳 셋째_가 늦둥이 임산부 자식_낳 자식운 자식복 자녀운 자녀_복 애_낳
        아이_낳 아이를_낳 애를_낳 아들_낳 딸_낳 pregnan\w*
        conceive ivf fertility trying_for_a_baby baby expecting ttc due_date
    """,
    "study": r"""
        공부 학업 성적 학점 과외 학원_보 학원_다 전공 전과 복수전공 편입_준비 대학원 석사 박사 논문 졸업 휴학
        복학 자퇴 학과 학교_그만 학교를_그만 어느_대학 어느_학교 어디_대학
        문과 이과 특목고 자사고 외고 과고 예고 영재원 영재 코딩_배 영어_배 영어_공부 영어공부 집중을_못 집중력
        책상에만 책상_앞 책만 교환_학생 어학원 유학 조기유학 홈스쿨 학군
        대안학교 국제학교 학습지 선행 수포자 수학을 ~학과중에 ~학과_중 ~과_갈까 ~과_갈지 ~공학과 컴공 간호학
        경영학 심리학 독서 강의 인강 독학 늦깎이_공부 만학도 방통대 사이버대
        학위 교양 과목 전공을_바 전공_바 study(?:ing)? grad_school phd masters? thesis dissertation gpa grades?
        major
        degree drop_out school college university homework concentrate tutor(?:ing)?
    """,
    "child": r"""
        육아 훈육 사춘기 말대꾸 떼를 떼_쓰 떼쓰 등교_거부 등교거부 등원_거부 어린이집 유치원 키우기_힘 키워야
        키울까 육아_스트 폰만_봐 폰만_보 핸드폰만 말을_안_들 말_안_들
        말을_안들 말안들 버릇을_고 비뚤 parenting discipline tantrums? bedtime teenager
    """,
    "health": r"""
        건강 병원 수술 시술 치료 완치 재발 항암 방사선 재활 입원 퇴원 진단 검진 검사_결과 조직검사 응급실 사고수
        다칠 다치 교통사고 골절 암 종양 결절 물혹 용종 근종 갑상선 당뇨
        고혈압 혈압 고지혈 콜레스테롤 디스크 관절 무릎 허리 어깨_통 오십견 목_통 거북목 통풍 류마티스 아토피
        비염 천식 두통 편두통 위염 위장 역류성 장염 과민성 변비 치질 방광염
        생리통 생리_불 생리불순 다낭성 자궁 난소 유방 전립선 탈모 머리_빠 머리가_빠 여드름 피부 대상포진 이명
        이석증 어지럼 백내장 녹내장 라식 라섹 시력 임플란트 치아 교정 사랑니
        치과 성형 쌍수 코수술 보톡스 지방흡입 다이어트 살_빠 살이_빠 살_빼 살_찌 살이_찌 체중 몸무게 요요
        운동을_시 헬스 체력 면역 보약 한약 영양제 술_끊 술을_끊 금주 담배
        금연 커피_끊 불면 잠을 잠이 잠_못 수면 우울 불안장애 불안증 공황 조울 adhd 무기력 화병 갱년기 치매 중풍
        뇌졸중 뇌출혈 심장 폐렴 신장 투석 간_수치 간수치 간염 간경화
        빈혈 면역력 만성피로 피로 몸살 감기 알러지 알레르기 컨디션 요양 간병 병수발 회복 낫지 나을까요_병 쾌차
        차도가 차도를 몸조리 건망증 강박 트라우마 심리_상담 상담_치료 health
        surgery cancer diagnos\w* therapy therapist sick illness symptoms? migraines? back_pain insomnia
        sleep weight diet diabetes blood_pressure recover\w* heal anxiety depress\w* panic doctor hospital
        smoking drinking injury
    """,
    "law": r"""
        월급을_안_주 월급_안_주 월급_안주 월급을_안주 월급_밀 월급이_밀 월급을_미루 월급_떼 돈을_안_갚 소송 고소
        고발 재판 판결 선고 항소 상고 1심 2심 합의금 합의를 합의_볼
        합의볼 합의해 벌금 구속 구치소 교도소 실형 집행유예 집유 음주운전 음주단속 음주_단속 음주_걸 무면허
        면허취소 면허정지 면허_취소 면허_정지 사기친 사기_친 사기_당 사기당
        사기꾼 보이스피싱 횡령 배임 명예훼손 모욕죄 폭행죄 내용증명 가압류 가처분 손배 손해배상 배상 위자료
        양육비 양육권 친권 면접교섭 상속 유류분 유언장_ 공증 변호사 로펌 검찰
        경찰서 경찰_조사 조사_받 출석_요구 피의자 피고 원고 학폭위 학폭 산재 노동청 노동부 임금체불 임금_체불
        체불 부당해고 세무조사 추징 과징금 행정심판 행정소송 특허_분쟁 저작권
        계약_위반 분쟁 억울하게 누명 관재 송사 lawsuit sue[ds]? suing court custody lawyer attorney settlement
        trial verdict
        judge appeal police charges prison jail inherit\w* legal probate alimony
    """,
    "_people": r"""
        인간관계 인맥 인복 인덕 사람복 사람_복 대인관계 왕따 은따 따돌 험담 뒷담 뒷말 손절 손절각 절교 배신
        뒤통수 화해 삐진_친 싸웠는데 다퉜는데 다툼 텃세 갑질 꼰대 직장내_괴롭힘
        직장_괴롭힘 괴롭힘 눈치 이웃 옆집 윗집 아랫집 층간소음 단톡 무리에 동창 동창회 동호회 모임 친목 인싸
        아싸 왕따를 주변에_사람 주변_사람 곁에_사람 사람이_안_남 사람이_안남
        사람이_없 사람을_못_믿 사람_못_믿 친구가_없 친구_없 친구를_사 친구_사 친해지 친해질 어울리기 대인기피
        사회생활 이간질 투명인간 무시 friendship gossip\w*
        bull(?:y|ied|ying) toxic backstab\w* fall(?:en|ing)?_out make_friends social_circle roommates?
        neighbou?rs? fit_in betray\w*
    """,
    "family": r"""
        시댁 시집살이 시월드 처가살이 처가 명절 차례 제사 김장 효도 모시고 모실까 모셔야 합가 분가 간섭 잔소리
        차별 편애 연_끊 의절 고부갈등 고부 집안_싸움 가족들 가족이 가족과
        가족끼리 집안일로 친척 문중 in-?laws? family family_drama estranged
    """,
    "grief": r"""
        돌아가신 돌아가셨 돌아가시고 돌아가신_뒤 보내드리고 보내드린 떠나보내 여의고 여읜 사별 상중 탈상 49재
        사십구재 기일 납골당 발인 영정 무지개다리 펫로스 하늘로_간 하늘로_보
        하늘나라 먼저_보낸 먼저_간 먼저_떠난 passed_away grief grieving mourning widow(?:ed)?
        lost_my_(?:mom|mother|dad|father|husband|wife|son|daughter|dog|cat|baby)
    """,
    "luck": r"""
        운세 운빨 운때 운발 운수 총운 신년운 새해_운 토정비결 대운 세운 삼재 아홉수 귀인 액운 액땜 부적 개운
        개명 굿_해 터닝포인트 전환점 황금기 전성기 리즈 인생_언제 인생이_언
        내인생 내_인생 제_인생 인생_역전 인생역전 인생_필 인생이_필 꽃길 팔자 전생 되는_게_없 되는게_없
        되는_일이 되는일이 일이_안_풀 하는_일마다 꼬이 꼬일 막히 풀릴 풀리 볕들
        빛_볼 빛볼 바닥 고비 악재 겹치 재수가 나아질까 나아지나 좋아질까 좋아지나 피려나 운이
        운은 운좋 대박 기회 luck(?:y|ier)? fortune
        destin\w* fate turning_point bad_luck cursed year_ahead things_get_better get_better turn_around
    """,
    "self": r"""
        성격 성질 성질머리 기질 멘탈 자존감 자신감 자존심 매력 장점 단점 강점 약점 내향 외향 mbti 소심 우유부단
        의지박약 게으 나태 예민 욱하 욱해 다혈질 감정_기복 눈물이
        생각이_많 걱정이_많 미루 완벽주의 고집 결정_장애 결정장애 변덕 끈기 작심삼일 어떤_사람 어떤사람 타고난
        일간 오행 용신 신강 신약 사주_구성 버릇 습관 낯가 울렁증 발표_공포
        남_눈치 남의_눈치 거절을_못 거절_못 귀가_얇 팔랑귀 허세 질투심 열등감 콤플렉스 personality introvert\w*
        extrovert\w* overthink\w*
        procrastinat\w* self-?esteem confiden\w* temper stubborn lazy strengths? weakness(?:es)? insecure
        people_pleas\w*
    """,
    "spouse": r"""
        부부_사이 부부사이 부부_싸움 부부싸움 부부인데 부부_관계 각방 섹스리스 리스부부 한집_남 남처럼 주말부부
        기러기 our_marriage marriage_counsel\w*
    """,
    "teacher": r"""
        담임 학급 교실 수업_시간 우리_반 우리반 저희_반 학부모_민원 생활지도 학생부 교무실 수업이 수업을 생기부
        classroom my_class pupils my_students
    """,
}
