"""The words for people, as they are called by those who ask about them."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "spouse": r"""
        남편 울남편 남편놈 남의편 서방 울서방 울신랑 신랑 바깥양반 바깥사람 영감 애아빠 애들아빠 아이아빠
        애_아빠 애들_아빠 아내 와이프 울와이프 마누라 마눌 집사람 안사람 애엄마
        애들엄마 애_엄마 애들_엄마 배우자 반려자 부부 옆지기 남편분 husband hubby wife wifey spouse
    """,
    "partner": r"""
        남친 여친 남자친구 여자친구 애인 연인 썸남 썸녀 썸_타 썸타 짝남 짝녀 짝사랑 그사람 그_사람 그남자
        그_남자 그여자 그_여자 그분 그_분 그애 그_애 그오빠 그_오빠 그누나 걔
        얘는 얘가 전남친 전여친 구남친 구여친 엑스 남사친_고 만나는_사람 만나는_남자 만나는_여자 만나는_오빠
        만나는_누나 만나는_분 사귀는_사람 사귀는_오빠 사귄 사귀는 예랑 예신
        예비신랑 예비신부 예비_신랑 예비_신부 약혼자 약혼녀 소개팅남 소개팅녀 소개팅_상대 맞선남 결혼할_사람
        결혼할_남자 결혼할_여자 유부남 유부녀 돌싱남 돌싱녀 연하남 연상녀 ~연하랑 ~연하와 ~연상이랑 ~연상과
        좋아하는_사람 좋아하는_오빠 좋아하는_누나 좋아하는_애 좋아하는_선배 상대방 그쪽이 그쪽은 그쪽도 상대가 상대는 상대 boyfriend
        girlfriend bf gf partner fianc[eé]e?
        crush my_ex this_guy this_girl this_man this_woman the_guy the_girl
    """,
    "inlaw": r"""
        시모 시부 시어머니 시아버지 시어미 시엄마 시부모 시댁 시누 시누이 시동생 시숙 아주버님 동서_ 시월드 장모
        장인 처가 처남 처제 처형 매형 매제 매부 형부 새언니 올케 제수 제부
        사위 며느리 사돈 고부 mother-?_?in-?_?law father-?_?in-?_?law sister-?_?in-?_?law brother-?_?in-?_?law
        in-?laws?
    """,
    "child": r"""
        아들 아들놈 아들래미 아들내미 딸 딸내미 딸래미 딸아이 ~딸이 ~딸_ ~아들이 ~아들_ 자식 자식놈 자녀 우리애
        우리_애 울애 울_애 울아들 울딸 우리애기 애기가 애기는 울애기
        우리_아기 저희_애 저희애 큰애 작은애 큰아이 작은아이 첫째 둘째가 둘째는 둘째_아 셋째가 막내가 막내는
        막내아 막내딸 애가 애는 애를 애들이 애들은 애들_ 아이가 아이는 아이를
        아이들 아이한 아이_ 손주 손자 손녀 금쪽이 쌍둥이 외동 고3맘 초딩맘 초등맘 조카 수험생맘 child kids?
        children son sons daughters? stepson
        stepdaughter toddler my_baby teenager my_teen
    """,
    "parent": r"""
        엄마 울엄마 우리엄마 아빠 울아빠 우리아빠 엄마아빠 어머니 아버지 부모 부모님 부친 모친 친정 친정엄마
        친정아빠 노모 노부모 홀어머니 할머니 할아버지 외할머니 외할아버지 조부모
        새엄마 새아빠 계모 계부 mother father mom mum mommy dad daddy parents? grandma grandpa grandmother
        grandfather
    """,
    "sibling": r"""
        남동생 여동생 친동생 막내동생 친언니 친오빠 친누나 친형 울언니 울오빠 울형 형제 자매 남매 누이 사촌
        brothers? sisters? siblings? cousins?
    """,
    "boss": r"""
        상사 사수가 사수는 사수_ 사수한 팀장 부장 과장이 과장님 차장이 차장님 실장 본부장 점장 원장님 원장이
        사장이 사장님 사장_ 사장새 대표가 대표님 대표는 대표_ 파트장 셀장
        부서장 이사님 상무 전무 회장님 오너 윗사람 윗분 윗선 임원이 국장 지도교수 교수님 교수가 중대장 대대장
        선임이 수간호사가 교장이 교감이 교장선생 교감선생 주임님 boss
        manager supervisor ceo team_lead director professor advisor
    """,
    "colleague": r"""
        동료 직장동료 후배 선배 직원 알바생 동기 입사동기 신입이 신입은 부하 부하직원 팀원 옆자리 같은_팀
        회사_사람 회사사람 직장_사람 동업자 인턴이 막내직원 사내_
        co-?workers? colleagues? teammates? co-?founder employees?
    """,
    "friend": r"""
        친구 친구놈 친구년 베프 절친 찐친 불알친구 고향친구 동창이 동창한 동창_ 십년지기 오랜_친구 소꿉친구 여사친 남사친
        룸메 룸메이트 지인 아는_언니 아는_오빠 아는_형 아는_동생 아는_누나
        친한_형 친한_언니 친한_오빠 친한_동생 친한_누나 동네_언니 동네_엄마 아이_친구_엄마 학부모_모임 friends?
        bestie best_friend bff roommates?
        buddy pal
    """,
    "pupils": r"""
        우리반 우리_반 저희반 저희_반 반_아이 반_애 학생들 학생이 제자 학급 pupils? my_students my_class
    """,
}
