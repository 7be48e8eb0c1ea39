"""The phrases by which the person is known whom a question is about."""

from __future__ import annotations

from typing import Final

PEOPLE: Final = {
    "spouse":
        r"(?<!전 )(?<!전)"
        r"(?:남편|아내|와이프|신랑|신부(?!님)|배우자|집사람|마누라|마눌|안사람|바깥양반|애 ?아빠|애 ?엄마)"
        r"|\b(?:husband|wife|spouse)\b",
    "partner":
        # somebody that one has, not somebody that one asks for: 남친이 언제 생길까
        r"(?:남자 ?친구|여자 ?친구|남친|여친|애인|연인)"
        r"(?![가-힣]{0,2} ?(?:언제 ?)?(?:쯤 ?)?(?:생기|생길|사귈|만들))"
        r"|(?:썸|소개팅|맞선|선)(?:남|녀)|썸|짝사랑|짝[남녀]"
        r"|헤어진 ?(?:사람|남자|여자)"
        r"|(?:그|이) ?(?:사람|남자|여자|오빠|누나|애(?=[가는를랑한의도 ]))|그이"
        r"|(?<![가-힣])[걔얘](?=[가는를랑한네도 ]|$)"
        r"|약혼|예비 ?신[랑부]|전 ?(?:남편|아내|남친|여친)|구남친|구여친|좋아하는 사람"
        r"|\b(?:boyfriend|girlfriend|bf|gf|partner|fiancée?|crush|my ex|this (?:guy|girl|man|woman))\b",
    "inlaw":
        r"시어머니|시아버지|시부모|시댁|시집 ?식구|시누|시동생|시아주버님|동서(?=[가는를랑와 ])"
        r"|(?<![가-힣])장모|(?<![가-힣])장인|(?<![가-힣])처가|처남|처제|처형"
        r"|며느리|사위|올케|(?<![가-힣])(?:형부|제부|사돈)|고부"
        r"|\bin-?laws?\b|\bmother-in-law\b",
    "pupils":
        r"(?:우리|저희) ?반|학급|담임|(?<![가-힣])학생들?|제자|교실|학부모|반 ?아이들?"
        r"|\b(?:pupils?|students|my class|classroom)\b",
    "child":
        r"(?<![가-힣])(?:제 ?|우리 ?|큰|작은|저희 ?)?(?:아이|애|아가)(?:가|는|를|의|랑|와|한테|에게|들|도|\b)"
        r"|(?<!받)아들|(?<![가-힣])(?:우리|저희|큰|작은|막내|외동)?딸|자녀|자식|손주|손자|손녀"
        # 둘째를 낳을까 asks about one that is not born yet
        r"|첫째|둘째(?!를? ?(?:가|낳|갖))|막내(?! ?동생)"
        r"|[초중고]\d ?(?:짜리|아이|애)"
        r"|\b(?:child|kids?|children|son|daughter)\b|\bmy (?:\d{1,2}|[a-z]+)[- ]year[- ]old\b",
    "parent": r"엄마|어머니|어머님|아빠|아버지|아버님|부모|노모|친정|본가|\b(?:mother|father|mom|mum|dad|parents?)\b",
    "sibling":
        r"(?<![가-힣])(?:우리 ?|친|사촌|큰|작은|막내|저희 ?)?(?:형|형님|누나|언니|오빠|남동생|여동생|동생)"
        r"(?=[은는이가을를의과와랑도한에께님네들 ,.?!]|$)"
        r"|형제|자매|남매|오누이"
        r"|\b(?:brother|sister|siblings?)\b",
    "boss":
        # 팀장님이; but 팀장 자리, 팀장이 될까 is one's own promotion
        r"상사|(?:팀장|부장|과장|차장|실장|본부장|점장|원장)(?! ?자리| ?직책|[이을]? ?[되될달단]|으로)"
        r"|사장(?=님|이|은|한테|이랑)|대표님|사수(?=[가는랑와한])|윗사람"
        r"|\b(?:boss|manager|supervisor)\b",
    "colleague":
        r"동료|후배|선배|직원|동업자|동기(?=[가는랑와들한])|신입|부하|팀원|(?:회사|직장|팀) ?사람"
        r"|\b(?:colleagues?|co-?workers?|team ?mates?)\b",
    "friend":
        r"(?<!남자 )(?<!여자 )(?<!남자)(?<!여자)친구|지기(?=[와랑가는한 ])|절친|베프|(?<![가-힣])지인"
        r"|\b(?:friends?|bff)\b",
}  # fmt: skip
