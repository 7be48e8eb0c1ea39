"""Relations, strength, patterns, useful elements, palaces."""

from __future__ import annotations

ENTRIES = """
cheongan_hap|천간합|天干合|stem union|두 천간이 서로 끌려 짝을 이루는 관계예요.|Two stems that draw together as a pair.
cheongan_chung|천간충|天干沖|stem clash|두 천간이 마주 보며 서로를 흔들어 움직이게 하는 관계예요.|Two stems that face and stir each other.
cheongan_geuk|천간극|天干剋|stem control|한 천간이 다른 천간을 다스려 긴장이 생기는 관계예요.|One stem governs the other, with some tension.
yukhap|육합|六合|six union|두 지지가 다정하게 짝을 이루는 관계예요.|Two branches that pair kindly.
samhap|삼합|三合|three union|세 지지가 하나의 기운으로 뜻을 모으는 관계예요.|Three branches that join in one force.
banhap|반합|半合|half union|삼합 가운데 두 글자가 만나 절반의 힘을 모으는 관계예요.|Two of a three union, half its force.
banghap|방합|方合|seasonal union|같은 계절의 세 지지가 모여 한 방향의 힘이 되는 관계예요.|Three branches of one season, one direction.
chung|충|沖|clash|마주 보는 두 지지가 부딪혀 변화를 일으키는 관계예요.|Two facing branches that meet and bring change.
hyeong|형|刑|friction|삼형 가운데 두 글자가 만나 서로를 다듬고 조정하는 관계예요.|Two of a three friction, adjusting each other.
samhyeong|삼형|三刑|three friction|세 지지가 모여 바로잡고 조정하는 힘이 커지는 관계예요.|Three branches with a strong urge to correct and adjust.
sanghyeong|상형|相刑|mutual friction|자와 묘가 만나 예의와 거리를 배우는 관계예요.|子 and 卯 together: learning courtesy and distance.
jahyeong|자형|自刑|self friction|같은 지지가 거듭되어 스스로를 돌아보게 되는 관계예요.|A branch doubled: turning upon oneself.
pa|파|破|break|맞추어 둔 것을 다시 손보게 되는 관계예요.|Something settled is worked over again.
hae|해|害|hindrance|가까운 사이에 서운함이 끼기 쉬워 배려가 필요한 관계예요.|Closeness that needs consideration.
amhap|암합|暗合|hidden union|지지 속의 기운끼리 조용히 끌리는 관계예요.|The hidden stems of two branches draw together quietly.
haphwa|합화|合化|transformation|합한 글자가 새로운 오행으로 바뀐다고 보는 일로, 조건을 갖추어야 해요.|A union turning into another element, if conditions are met.
singangyak|신강·신약|身强·身弱|strength of the day stem|일간을 돕는 기운이 얼마나 많은지를 나타내요.|How much of the chart stands on the day stem's side.
geukyak|극약|極弱|extremely weak|일간을 돕는 기운이 아주 적어 흐름에 맞추는 편이에요.|Very little supports the day stem; it goes with the flow.
taeyak|태약|太弱|very weak|일간을 돕는 기운이 많이 적은 편이에요.|Little supports the day stem.
sinyak|신약|身弱|weak|일간을 돕는 기운이 적은 편이에요.|Somewhat little supports the day stem.
junghwa_sinyak|중화신약|中和身弱|balanced, slightly weak|균형에 가까우면서 조금 약한 편이에요.|Near balance, a little weak.
junghwa_singang|중화신강|中和身强|balanced, slightly strong|균형에 가까우면서 조금 강한 편이에요.|Near balance, a little strong.
singang|신강|身强|strong|일간을 돕는 기운이 넉넉한 편이에요.|The day stem is well supported.
taegang|태강|太强|very strong|일간을 돕는 기운이 많은 편이에요.|The day stem has much support.
geukwang|극왕|極旺|extremely strong|일간을 돕는 기운이 대부분을 차지해요.|Nearly all supports the day stem.
deukryeong|득령|得令|season gained|태어난 달이 일간을 돕는지를 봐요.|Whether the birth month supports the day stem.
deukji|득지|得地|ground gained|일지가 일간을 돕는지를 봐요.|Whether the day branch supports the day stem.
deuksi|득시|得時|hour gained|시지가 일간을 돕는지를 봐요.|Whether the hour branch supports the day stem.
deukse|득세|得勢|numbers gained|나머지 글자 가운데 일간을 돕는 글자가 절반 이상인지를 봐요.|Whether at least half of the other signs support the day stem.
tonggeun|통근|通根|root|천간이 지지 속에서 같은 기운의 뿌리를 얻는 것이에요.|A stem finding its own force in a branch.
tuchul|투출|透出|showing|지지 속 글자가 천간에 드러나는 것이에요.|A hidden stem appearing among the stems.
gyeokguk|격국|格局|pattern|월지를 중심으로 사주의 짜임을 부르는 이름이에요.|The name of a chart's make-up, centred on the month.
siksin_gyeok|식신격|食神格|Eating God pattern|식신을 중심으로 꾸준히 만들고 나누는 짜임이에요.|Centred on steady making and sharing.
sanggwan_gyeok|상관격|傷官格|Hurting Officer pattern|상관을 중심으로 재치와 표현이 두드러지는 짜임이에요.|Centred on wit and expression.
pyeonjae_gyeok|편재격|偏財格|Indirect Wealth pattern|편재를 중심으로 활동 폭이 넓은 짜임이에요.|Centred on wide activity.
jeongjae_gyeok|정재격|正財格|Direct Wealth pattern|정재를 중심으로 성실히 쌓아 가는 짜임이에요.|Centred on diligent building.
pyeongwan_gyeok|편관격|偏官格|Indirect Officer pattern|편관을 중심으로 책임과 돌파력이 두드러지는 짜임이에요.|Centred on duty and resolve.
jeonggwan_gyeok|정관격|正官格|Direct Officer pattern|정관을 중심으로 원칙과 신뢰가 두드러지는 짜임이에요.|Centred on principle and trust.
pyeonin_gyeok|편인격|偏印格|Indirect Seal pattern|편인을 중심으로 직관과 독창성이 두드러지는 짜임이에요.|Centred on intuition and originality.
jeongin_gyeok|정인격|正印格|Direct Seal pattern|정인을 중심으로 배움과 보살핌이 두드러지는 짜임이에요.|Centred on learning and care.
geonrok_gyeok|건록격|建祿格|Establishment pattern|월지가 일간의 건록이어서 스스로 일어서는 힘이 두드러지는 짜임이에요.|The month is the day stem's Establishment: self-made strength.
yangin_gyeok|양인격|羊刃格|Blade pattern|월지가 일간의 양인이어서 집중력과 추진력이 두드러지는 짜임이에요.|The month is the day stem's Blade: focus and drive.
wolgeop_gyeok|월겁격|月劫格|Month Companion pattern|월지가 비겁이고 다른 글자가 드러나지 않아, 건록격과 같은 부류로 보는 짜임이에요.|The month is a companion and nothing else shows; of the same family as Establishment.
gokjik_gyeok|곡직격|曲直格|Bent-and-Straight pattern|목의 기운으로 가득한 짜임이에요.|A chart filled with wood.
yeomsang_gyeok|염상격|炎上格|Flame-Rising pattern|화의 기운으로 가득한 짜임이에요.|A chart filled with fire.
gasaek_gyeok|가색격|稼穡格|Sowing-and-Reaping pattern|토의 기운으로 가득한 짜임이에요.|A chart filled with earth.
jonghyeok_gyeok|종혁격|從革格|Yield-and-Change pattern|금의 기운으로 가득한 짜임이에요.|A chart filled with metal.
yunha_gyeok|윤하격|潤下格|Moist-and-Descending pattern|수의 기운으로 가득한 짜임이에요.|A chart filled with water.
jongwang_gyeok|종왕격|從旺格|Following-Itself pattern|비겁의 기운이 압도해 그 흐름을 따르는 짜임이에요.|Companion forces prevail and are followed.
jonggang_gyeok|종강격|從强格|Following-the-Strong pattern|인성의 기운이 압도해 그 흐름을 따르는 짜임이에요.|Seal forces prevail and are followed.
jonga_gyeok|종아격|從兒格|Following-Output pattern|식상의 기운이 압도해 그 흐름을 따르는 짜임이에요.|Output forces prevail and are followed.
jongjae_gyeok|종재격|從財格|Following-Wealth pattern|재성의 기운이 압도해 그 흐름을 따르는 짜임이에요.|Wealth forces prevail and are followed.
jongsal_gyeok|종살격|從殺格|Following-Officer pattern|관성의 기운이 압도해 그 흐름을 따르는 짜임이에요.|Officer forces prevail and are followed.
hwa_gyeok|화격|化格|Transformation pattern|일간이 합하여 다른 오행의 흐름을 따른다고 보는 짜임이에요.|The day stem unites and follows another element.
eokbu|억부용신|抑扶用神|balancing by strength|강하면 덜고 약하면 돕는 방법으로 고른 기운이에요.|Chosen by easing the strong and helping the weak.
johu|조후용신|調候用神|balancing by season|춥고 더움, 마르고 젖음을 고르게 하는 방법으로 고른 기운이에요.|Chosen to even out cold, heat, dryness and damp.
tonggwan|통관용신|通關用神|balancing by mediation|맞선 두 기운 사이를 이어 주는 방법으로 고른 기운이에요.|Chosen to mediate between two opposed forces.
jonggyeok|종격용신|從格用神|balancing by following|한 기운을 따르는 짜임에서 그 흐름에 맞추어 고른 기운이에요.|Chosen along the one force that the chart follows.
yongsin|용신|用神|useful element|사주의 균형을 돕는 데 쓰이는 기운이에요.|The force that helps the chart to balance.
huisin|희신|喜神|supporting element|용신을 돕는 기운이에요.|The force that feeds the useful element.
gisin|기신|忌神|hindering element|용신을 누르는 기운이라 지나치지 않게 살피면 좋아요.|The force that governs the useful element; best in measure.
gusin|구신|仇神|abetting element|기신을 돕는 기운이에요.|The force that feeds the hindering element.
hansin|한신|閑神|idle element|용신과 크게 얽히지 않는 나머지 기운이에요.|The remaining force, little involved.
myeonggung|명궁|命宮|Life Palace|태어난 달과 시로 계산하는 자리로, 삶의 큰 방향을 곁들여 봐요.|Reckoned from month and hour: a sidelight on direction.
singung|신궁|身宮|Body Palace|태어난 달과 시로 계산하는 또 하나의 자리로, 몸과 실천의 자리를 곁들여 봐요.|The other palace of month and hour: a sidelight on practice.
taewon|태원|胎元|Conception pillar|잉태된 달을 거꾸로 계산한 기둥이에요.|The pillar calculated for the month of conception.
gunghap|궁합|宮合|two charts together|두 사람의 사주가 만나는 모습을 살피는 일이에요.|How two charts meet.
""".strip()
