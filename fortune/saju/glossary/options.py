"""Options and their values, as "option.NAME" and "option.NAME.VALUE"."""

from __future__ import annotations

ENTRIES = """
option.clock|시각 기준||clock|시주와 일주를 정할 때 쓰는 시계예요.|The clock that decides the hour and day pillars.
option.clock.mean|지방평균시||local mean time|태어난 곳의 경도에 맞춘 시각을 써요.|Time corrected for the birthplace's longitude.
option.clock.standard|표준시||standard time|서머타임만 뺀 그때의 표준시를 그대로 써요.|The civil clock of the day without daylight saving.
option.clock.apparent|진태양시||apparent solar time|지방평균시에 균시차까지 더한 해의 시각을 써요.|Local mean time with the equation of time.
option.day_change|날이 바뀌는 때||day change|자시를 어느 날로 볼지 정해요.|To which day the midnight hour belongs.
option.day_change.23:00|정자시(23시)||at 23:00|밤 11시에 다음 날로 넘어가요.|The day changes at 23:00.
option.day_change.00:00|야자시(0시)||at 00:00|자정에 다음 날로 넘어가요.|The day changes at midnight.
option.sinsal_base|12신살 기준||base of the twelve spirits|12신살을 어느 지지에서 계산할지 정해요.|From which branch the twelve spirits are reckoned.
option.sinsal_base.year|년지 기준||year branch|태어난 해의 지지에서 계산해요.|From the year branch.
option.sinsal_base.day|일지 기준||day branch|태어난 날의 지지에서 계산해요.|From the day branch.
option.stage_earth|토의 12운성||stages of earth|무토와 기토의 12운성을 어느 오행과 함께 볼지 정해요.|With which element earth shares its stages.
option.stage_earth.fire|화토동궁|火土同宮|earth with fire|토가 화와 같은 자리에서 시작해요.|Earth begins with fire.
option.stage_earth.water|수토동궁|水土同宮|earth with water|토가 수와 같은 자리에서 시작해요.|Earth begins with water.
option.stage_yin|음간의 12운성||stages of yin stems|음간의 12운성을 어떻게 돌릴지 정해요.|How the stages of yin stems run.
option.stage_yin.reverse|양순음역|陽順陰逆|yin runs backwards|양간은 앞으로, 음간은 거꾸로 돌려요.|Yang stems forward, yin stems backward.
option.stage_yin.together|음양동생동사|陰陽同生同死|yin with yang|음간도 같은 오행의 양간과 함께 돌려요.|Yin stems run with their yang stem.
option.hidden|지장간 목록||hidden stem list|지장간을 어떤 표로 볼지 정해요.|Which list of hidden stems is used.
option.hidden.monthly|월률분야|月律分野|monthly division|날수까지 나눈 월률분야 표를 써요.|The list with day counts.
option.hidden.plain|인원용사|人元用事|short list|날수 없이 간추린 표를 써요.|The short list without day counts.
option.hidden_days|지장간 날수||hidden stem days|월률분야의 날수를 어떻게 나눌지 정해요.|How the thirty days are divided.
option.hidden_days.even|7·7·16||7·7·16|인신사해를 모두 7·7·16일로 나눠요.|7, 7 and 16 days for all of 寅申巳亥.
option.hidden_days.uneven|고르지 않은 날수||uneven days|사·신·해의 날수를 다르게 나눠요.|Different days for 巳, 申 and 亥.
option.yangin_yin|음간의 양인||Blade of yin stems|음간의 양인을 어디로 볼지 정해요.|Where the Blade of yin stems is placed.
option.yangin_yin.cap|관대 자리||one past Establishment|건록 다음 자리를 음간의 양인으로 봐요.|The place one past Establishment.
option.yangin_yin.peak|제왕 자리||Peak|거꾸로 센 제왕 자리를 음간의 양인으로 봐요.|The Peak counted backwards.
option.yangin_yin.none|보지 않음||not counted|음간에는 양인을 두지 않아요.|Yin stems have no Blade.
option.cheoneul|경금의 천을귀인||Heavenly Noble of 庚|경금의 천을귀인을 어디로 볼지 정해요.|Where the Heavenly Noble of 庚 stands.
option.cheoneul.ox|갑무경 축미||with 甲 and 戊|경금을 갑·무와 함께 축·미로 봐요.|庚 with 甲 and 戊 on 丑 and 未.
option.cheoneul.tiger|경신 인오||with 辛|경금을 신금과 함께 인·오로 봐요.|庚 with 辛 on 寅 and 午.
option.goegang|괴강 목록||Commanding Star list|괴강으로 보는 일주의 목록을 정해요.|Which pillars count as Commanding Star.
option.goegang.five|다섯||five|경진·경술·임진·임술·무술을 봐요.|庚辰 庚戌 壬辰 壬戌 戊戌.
option.goegang.four|넷||four|경진·경술·임진·무술을 봐요.|庚辰 庚戌 壬辰 戊戌.
option.goegang.six|여섯||six|다섯에 무진을 더해 봐요.|The five and 戊辰.
option.structure|격국 정하는 법||rule of the pattern|격국을 무엇에서 정할지 골라요.|From what the pattern is named.
option.structure.revealed|투출 우선||what shows|천간에 드러난 월지의 지장간에서 정해요.|The month's hidden stem that shows.
option.structure.main|정기 고정||main force|드러남을 따지지 않고 월지의 정기에서 정해요.|Always the month's main force.
option.useful|앞세우는 용신||leading useful element|여러 용신 가운데 무엇을 앞세울지 정해요.|Which useful element is put first.
option.useful.eokbu|억부 우선||by strength|강약의 균형을 먼저 봐요.|Balance of strength first.
option.useful.johu|조후 우선||by season|계절의 춥고 더움을 먼저 봐요.|Balance of season first.
""".strip()
