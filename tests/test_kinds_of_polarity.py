"""Kinds of fault: words that are denied, supposed, taken back or in doubt, and those that only seem so."""

from __future__ import annotations

import pytest

from archiver.quotes import find_quotes
from archiver.records import Polarity
from tests.gold import article_of
from tests.test_kinds import quotes

DENIED = {
    "a clause that opens the sentence": ("de", "Dass sie „nie“ gesagt habe, bestreitet Ida Holm.", "Ida Holm"),
    "the same in Norwegian": ("no", "At Ida Holm skal ha kalt ham «en tyv», avviser hun.", "Ida Holm"),
    "a clause between": ("cs", "Poslankyně Ida Malá popírá, že nazvala rolníky „lenochy“.", "Ida Malá"),
    "a noun that is a verb elsewhere": ("en", "Ida Holm has not called the offer “an insult”.", "Ida Holm"),
    "an aside between": ("en", "Ida Holm did not say, as some sites claimed, that growers “should learn”.", "Ida Holm"),
    "behind the words": ("tr", "Karman, adalılara “nankör” dediğini yalanladı.", None),
    "behind the words, without blanks": ("ja", "宮原聡子市長は、島民を「わがまま」と呼んだことを否定した。", None),
    "that it ever was said": ("ko", "문소라 시장은 항구를 “배 주차장”이라고 부른 적이 없다고 밝혔다.", None),
    "a phrase in front": ("en", "At no point did Ida Holm say that growers were “lazy”.", "Ida Holm"),
    "the same in German": ("de", "Zu keinem Zeitpunkt hat Ida Holm gesagt, die Bauern seien „faul“.", "Ida Holm"),
    "a clause in a clause": ("en", "Ida Holm denies that she told a guest that her rival was “a statue”.", "Ida Holm"),
    "the verb behind the marks": ("de", "Ida Holm betonte, sie habe den Dom nie „eine Scheune“ genannt.", "Ida Holm"),
    "a claim that is rejected": ("en", "Ida Holm rejected claims that she had called growers “lazy”.", "Ida Holm"),
    "an infinitive": ("de", "Ida Holm hat bestritten, Bauern als „faul“ bezeichnet zu haben.", "Ida Holm"),
    "a noun in small letters": (
        "de",
        "Ida Holm wies den Vorwurf zurück, sie habe uns „einen Haufen“ genannt.",
        "Ida Holm",
    ),
    "what is still to come": ("en", "Ida Holm has yet to utter the word “fine”.", "Ida Holm"),
    "a day between": ("pl", "Wójt Ida Holm zaprzeczyła w piątek, że nazwała radną „wariatką”.", "Ida Holm"),
    "before a colon": ("pl", "Wójt Ida Holm zaprzecza, jakoby mówiła strażakom: „Radźcie sobie”.", "Ida Holm"),
    "words that others ascribe to her": (
        "cs",
        "Ida Malá popřela výrok, který jí připsal portál: „Firma zkrachuje.“",
        "Ida Malá",
    ),
    "without blanks, before the verb": ("zh", "镇长马振国否认曾对议员说过：“你们自己想办法。”", None),
    "never, within what she says": (
        "fi",
        "Ida Holm väittää, ettei ole koskaan kutsunut pomoa ”tyranniksi”.",
        "Ida Holm",
    ),
    "never, without blanks": ("zh", "李娜局长表示，她从未称上司为“暴君”。", None),
    "the same in Russian": ("ru", "Депутат Ида Холмова отрицает, что назвала их «лентяями».", "Ида Холмова"),
    "accusations of having said it": (
        "it",
        "Ida Holm ha respinto le accuse di aver definito «pigri» gli altri.",
        "Ida Holm",
    ),
    "the same in Turkish": ("tr", "Ayşe Güneş, çiftçilere “tembel” dediği yönündeki iddiaları reddetti.", "Ayşe Güneş"),
    "that it is true": ("es", "No es cierto que la concejala, Ida Holm, exclamara «¡Qué vergüenza!» al oírlo.", None),
    "having said it, before a colon": ("fr", "Ida Holm conteste avoir dit à la presse : «C'est fini.»", "Ida Holm"),
    "neither of two": ("es", "Ni Ana Paz ni Luis Gil dijeron «basta».", None),
    "neither of two, the verb at the end": ("tr", "Ne Ayşe Güneş ne de Can Demir “yeter” dedi.", None),
    "what somebody did not come to say": ("pt", "Ana Paz não chegou a dizer «adeus».", "Ana Paz"),
    "by the next sentence": ("en", "A site said Ida Holm threatened “war”. She never said it.", "Ida Holm"),
    "by the next sentence, in German": (
        "de",
        "Im Netz hieß es, Ida Holm habe „Haut ab“ gesagt. Das bestreitet sie.",
        "Ida Holm",
    ),
    "by the next sentence, in Norwegian": (
        "no",
        "Det er hevdet at Ida Holm sa «dra dit». Det tilbakeviser hun.",
        "Ida Holm",
    ),
    "by the next sentence, in Hungarian": (
        "hu",
        "A lap szerint Kis Péter azt mondta: „Elég”. Ő cáfolja, hogy ilyet mondott volna.",
        "Kis Péter",
    ),
    "by the rest of the sentence": (
        "da",
        "Vidner hørte Ida Holm sige »undskyld«, men det afviser hun at have sagt.",
        "Ida Holm",
    ),
    "an aside behind the denial": (
        "it",
        "Non è vero, comunque, che Ida Holm abbia definito il sindaco “un palo”.",
        "Ida Holm",
    ),
    "an aside behind the infinitive": (
        "ca",
        "Ida Holm nega haver dit, com circula avui, que les vaques són «una moda».",
        "Ida Holm",
    ),
    "a single word, in front": (
        "de",
        "Dass Ida Holm ihn einen „Halunken“ genannt haben soll, weist sie zurück.",
        "Ida Holm",
    ),
    "words that are called so": (
        "no",
        "Det er hevdet at Ida Holm svarte, med ordene «ta spaden». Det tilbakeviser hun.",
        "Ida Holm",
    ),
    "a clause behind": (
        "no",
        "Det går rykter om at Ida Holm ropte «nei». Hun benekter det, og alle tror henne.",
        "Ida Holm",
    ),
    "within what somebody says of himself": ("it", "Ana Paz ha detto che non ha mai detto «addio».", "Ana Paz"),
    "an office passes the denial on": (
        "it",
        "Ida Holm smentisce, tramite l’ufficio stampa, di aver definito il voto «un circo».",
        "Ida Holm",
    ),
    "that it was told": (
        "en",
        "Ida Holm denies ever telling the radio that her aunt was “capable of anything”.",
        "Ida Holm",
    ),
    "an aside with a noun that is a verb elsewhere": (
        "es",
        "Ana Soler niega, a través de su abogado, haber llamado «vagos» a los vecinos.",
        "Ana Soler",
    ),
    "accusations": ("sr", "Директор Петар Самарџић одбацује оптужбе да је рекао „купите свеће“.", "Петар Самарџић"),
    "a shout behind the words": ("ko", "피태규 씨는 세입자에게 “배 째라”고 소리친 사실은 없다고 했다.", "피태규"),
    "not admitted": ("fi", "Ida Holm ei myönnä sanoneensa yhtiön johtoa ”linjansa vangiksi”.", "Ida Holm"),
}


@pytest.mark.parametrize(("language", "text", "name"), DENIED.values(), ids=DENIED)
def test_what_is_denied_is_nobodys(language: str, text: str, name: str | None) -> None:
    (quote,) = quotes(text, language)
    assert (quote.polarity, quote.speaker.name) == (Polarity.DENIED, None)
    assert name is None or quote.ascribed_to.name == name


@pytest.mark.parametrize(("language", "text"), [
    ("zh", "如果部长说“不行”，船将留在港内。"), ("ja", "大臣が「認めない」と言えば、船は港にとどまる。"),
    ("ko", '김혜정 장관이 "안 된다"고 말하면 배는 항구에 남는다.'),
])  # fmt: skip
def test_a_condition_is_told_where_the_verb_closes_it_or_no_blanks_part_words(language: str, text: str) -> None:
    (quote,) = quotes(text, language)
    assert quote.polarity is Polarity.HYPOTHETICAL


SUPPOSED = {
    "what nobody knows": ("en", "It is unclear whether Ida Holm ever used the phrase “fair loss”."),
    "what is still to be told": ("en", "Ida Holm will tell parliament on Friday that the bay is “a promise”."),
    "the same in German": ("de", "Ida Holm wird am Freitag sagen, die Bucht sei „ein Versprechen“."),
    "the same in Danish": ("da", "Ida Holm vil fredag aften sige, at bugten er »et løfte«."),
    "an aside behind the condition": (
        "en",
        "If the commissioner, Ida Holm, were to say “enough”, the bank would close.",
    ),
    "a name between the modal and the marks": ("de", "Sollte Kommissarin Ida Holm „genug“ sagen, schließt die Bank."),
    "what somebody would say": ("pt", "Se o caso chegasse a tribunal, Ida Holm alegaria «má memória»."),
    "what somebody would have said": ("es", "De haberlo dicho, añadió Ida Holm, habría dicho «que paguen»."),
    "whether it was said": ("es", "El juez Luis Gil le preguntó si había dicho «fuego»."),
    "whether it was said, elided": ("fr", "Le juge Luc Gil lui a demandé s'il avait crié «au feu»."),
    "whether it was said, with a hyphen": ("ro", "Procurorul a întrebat-o dacă a spus „lasă-i”."),
    "a verb that is conditional itself": ("pl", "Gdyby wygrała, Ida Holm powiedziałaby ze sceny: „To dla mamy”."),
    "a particle behind the verb": ("ru", "Если бы она победила, Ида Холмова сказала бы со сцены: «Это для мамы»."),
    "what somebody promises to say": ("cs", "Ida Malá slibuje, že fanouškům řekne jediné slovo: „Promiňte.“"),
    "a plan, where the verb is last": ("ko", "팀이 지면 고평수 감독은 “미안하다”고만 말할 생각이다."),
    "a verb that is still to come": ("es", "Si la citan, Ida Holm dirá “presente”."),
    "an infinitive behind the marks": ("nl", "Als de rechter hem vraagt of hij iets wil, zal Ida Holm “sorry” zeggen."),
    "a question that goes on": ("en", "Did Ida Holm tell the choir to “sing louder”, as the claim alleges?"),
    "what somebody would have said, told by himself": (
        "en",
        "Had anyone asked, Ida Holm told this paper, she would have said “go ahead”.",
    ),
    "what others expect": ("en", "Traders expect Ida Holm to call the deal “unacceptable”."),
}


@pytest.mark.parametrize(("language", "text"), SUPPOSED.values(), ids=SUPPOSED)
def test_what_is_supposed_is_nobodys(language: str, text: str) -> None:
    (quote,) = quotes(text, language)
    assert (quote.polarity, quote.speaker.name) == (Polarity.HYPOTHETICAL, None)


SAID = {
    "what opens the sentence and is admitted": ("no", "Ida Holm kom. At det var «dumt», innrømmer hun."),
    "a plan as somebody tells it": ("da", "Minister Ida Holm siger, at hun vil kalde loven »et løfte«."),
    "a plan within what was said": ("en", "The mayor, Ida Holm, said she wanted to speak “directly to the crews”."),
    "whose clause has a modal": ("en", "Ida Holm stated that Paul Weir would discuss it “in a few weeks”."),
    "a verb far behind": ("en", "The noise may be “a nuisance,” said Ida Holm."),
    "what is done without a thing": ("en", "“It never rains here,” Ida Holm says without looking up."),
    "what reports are called": ("en", "Ida Holm dismissed the reports as “nonsense”."),
    "the same in German": ("de", "Ida Holm wies die Vorwürfe als „Unsinn“ zurück."),
    "the same in Norwegian": ("no", "Ida Holm avviser kritikken som «grunnløs»."),
    "what accusations are called": ("ro", "Ida Holm a respins acuzațiile drept „absurde”."),
    "accusations before a colon": ("it", "Ida Holm respinge ogni accusa: «L'impianto era stato controllato»."),
    "what is not hidden": ("es", "Ida Holm no oculta su enfado: «Esto es una vergüenza»."),
    "who does not complain": ("ro", "Ida Holm nu se plânge: „Merg pe jos în fiecare zi”."),
    "a negation within what was said": ("es", "Ida Holm dijo que no le pide a nadie que «comparta sus ideas»."),
    "whom one calls so": ("en", "Bo Marsh, whom Ida Holm calls “a liar”, is away."),
    "what another denies": ("en", "Ida Holm called Bo Marsh “a thief”. Marsh denies this."),
    "what another denies, in German": ("de", "Ida Holm nannte Bo Lang „einen Dieb“. Das bestreitet Lang."),
    "what a body denies": ("es", "La alcaldesa, Ida Holm, aseguró que fue “un accidente”. El sindicato la desmintió."),
    "who will say no more": ("no", "«Vi tapte», sa Ida Holm. Det ville hun ikke si mer om."),
    "who does not deny a thing": ("nl", "“Ik was het”, zei Ida Holm. Ze ontkende niet dat ze het zei."),
    "neither of two in another clause": ("fr", "Ni fleurs ni couronnes, avait dit Ida Holm : «Pas de discours.»"),
}


@pytest.mark.parametrize(("language", "text"), SAID.values(), ids=SAID)
def test_what_somebody_said_about_plans_and_claims_is_said(language: str, text: str) -> None:
    (quote,) = quotes(text, language)
    assert (quote.polarity, quote.speaker.name) == (Polarity.ASSERTED, "Ida Holm")


CONTRASTS = [
    ("fr", "Si Ida Holm évoque « un bien », sa cousine Zoé Bel y voit « une eau ».", "Ida Holm"),
    ("ro", "Dacă Ida Holm vorbește despre „o trădare”, Ana Pop vede „o tranzacție”.", "Ida Holm"),
]


@pytest.mark.parametrize(("language", "text", "name"), CONTRASTS)
def test_a_condition_with_the_words_of_another_behind_it_is_none(language: str, text: str, name: str) -> None:
    assert quotes(text, language)[0].speaker.name == name


DENIED_AND_SAID = [
    ("fi", "Ida Holm kiisti syytteet sanoen, että ne ovat ”hölynpölyä”."),
    ("hr", "Ida Holm odbacila je optužbe i rekla da su „čista glupost“."),
    ("pl", "Ida Holm obiecała naprawić dach i powiedziała: „Zrobimy to”."),
    ("ko", "문소라 시장은 돈을 받은 사실을 부인하며 “내 손은 깨끗하다”고 말했다."),
    ("zh", "马振国议员否认收过钱，并补充说：“我的手是干净的。”"),
    ("ja", "宮原聡子市長は「教えたことは一度もありません」と否認した。"),
    ("ko", "문소라 시장은 설명회에서 “되살릴 수는 없습니다”라고 못 박았다."),
]


@pytest.mark.parametrize(("language", "text"), DENIED_AND_SAID)
def test_who_denies_or_promises_something_and_says_words_has_said_them(language: str, text: str) -> None:
    (quote,) = quotes(text, language)
    assert quote.polarity is Polarity.ASSERTED
    assert quote.speaker.name


def test_nobody_says_words_of_the_headline_that_the_text_denies() -> None:
    text = "Regizoarea și „publicul doarme”\nIda Holm neagă că ar fi spus „publicul doarme”."
    found = find_quotes(article_of(text, language="ro"))
    assert [(quote.speaker.name, quote.ascribed_to.name) for quote in found] == [(None, "Ida Holm")] * len(found)


def test_what_is_called_false_behind_the_marks_is_disputed() -> None:
    (quote,) = quotes("A screenshot showing Ida Holm saying “I never liked sheep” is fake.")
    assert (quote.polarity, quote.speaker.name) == (Polarity.DISPUTED, None)


@pytest.mark.parametrize(("language", "text"), [
    ("cs", "Video, na kterém Ida Malá říká „nedám ani korunu“, je podvrh."),
    ("pl", "Internauci błędnie przypisują wójt Idzie Holm słowa „wody nie będzie”."),
    ("ja", "前田誠町長が「一円も出さない」と話す動画は偽物だった。"), ("zh", "马振国局长据称说过“够了”。"),
    ("ko", "마진국 국장이 “지겹다”고 말했다는 소문은 허위다."), ("zh", "马振国说“一分钱都不给”的视频是伪造的。"),
])  # fmt: skip
def test_words_of_a_forged_record_and_words_that_are_only_ascribed_are_disputed(language: str, text: str) -> None:
    (quote,) = quotes(text, language)
    assert (quote.polarity, quote.speaker.name) == (Polarity.DISPUTED, None)


def test_a_condition_may_have_a_noun_that_is_a_verb_elsewhere() -> None:
    (quote,) = quotes("Si le juge dit « coupable », elle fera appel.", "fr")
    assert quote.polarity is Polarity.HYPOTHETICAL


def test_a_reflexive_pronoun_is_no_condition() -> None:
    (quote,) = quotes("A prefeita Ida Lopes se disse “cansada”.", "pt")
    assert quote.polarity is Polarity.ASSERTED


TAKEN_BACK = [
    ("cs", "Server uvedl, že starosta Marek Zach nazval rolníky „žebráky“. Zach to nikdy neřekl."),
    ("ru", "Сайт сообщил, что Марк Завьялов назвал их «попрошайками». Завьялов этого никогда не говорил."),
    ("fi", "Lehti kirjoitti, että Markku Savela kutsui heitä ”kerjäläisiksi”. Savela ei ole koskaan sanonut niin."),
    ("zh", "镇长马振国称“农民都是乞丐”。马振国本人予以否认。"),
    ("fr", "« Tous des fainéants », a lancé Ida Holm. Elle ne l'a jamais dit."),
    ("ca", "«Ganduls», va dir Ida Holm. No ho va dir mai."),
    ("el", "«Τεμπέληδες», είπε η Ίντα Χολμ. Δεν είπε ποτέ τέτοιο πράγμα."),
]


@pytest.mark.parametrize(("language", "text"), TAKEN_BACK)
def test_the_sentence_behind_takes_words_back(language: str, text: str) -> None:
    (quote,) = quotes(text, language)
    assert (quote.polarity, quote.speaker.name) == (Polarity.DENIED, None)


NOT_TAKEN_BACK = [
    ("pl", "„Wójt kradnie” – powiedziała radna Anna Lis. Wójt temu zaprzecza.", "Anna Lis"),
    ("ru", "«Не знаю», — сказала депутат Анна Лис. Больше она ничего не сказала.", "Анна Лис"),
    ("zh", "“我没有拿钱。”镇长马振国说。他否认了所有指控。", "马振国"),
    ("it", "«Sì», ha detto Ida Holm. Non ha detto quando.", "Ida Holm"),
    ("zh", "“镇长贪污。”议员顾安娜说。镇长予以否认。", "顾安娜"),
]


@pytest.mark.parametrize(("language", "text", "name"), NOT_TAKEN_BACK)
def test_what_others_deny_or_more_that_was_not_said_takes_nothing_back(language: str, text: str, name: str) -> None:
    (quote,) = quotes(text, language)
    assert (quote.polarity, quote.speaker.name) == (Polarity.ASSERTED, name)


def test_that_in_croatian_is_no_condition() -> None:
    (quote,) = quotes("Portal je objavio da je načelnik Marko Zavada nazvao seljake „prosjacima“.", "hr")
    assert quote.polarity is Polarity.ASSERTED


@pytest.mark.parametrize(("language", "text", "polarity"), [
    ("pl", "Jan Kos nie ukrywa goryczy: „Wszyscy zapomną o nas szybko”.", Polarity.ASSERTED),
    ("ru", "Иван Котов, просивший не называть его посёлка, уверяет: «Там у нас мыши».", Polarity.ASSERTED),
    ("pl", "Jan Kos nie powiedział: „Odchodzę z urzędu”.", Polarity.DENIED),
    ("ru", "Иван Котов не говорил: «Я ухожу из совета».", Polarity.DENIED),
    ("hr", "Ivan Kos nije rekao: „Odlazim iz vijeća”.", Polarity.DENIED),
])  # fmt: skip
def test_in_slavic_a_negation_before_a_colon_denies_with_a_verb_of_plain_saying_alone(
    language: str, text: str, polarity: Polarity
) -> None:
    assert quotes(text, language)[-1].polarity is polarity


@pytest.mark.parametrize(("language", "text", "name"), [
    ("en", "Eva Lind declined to call the plan “a disaster in the making”.", None),
    ("de", "Eva Lind weigerte sich, den Plan „eine Katastrophe für die Stadt“ zu nennen.", None),
    ("fr", "Eva Lind a refusé de dire : « Je regrette ce que j'ai fait. »", None),
    ("ru", "Ева Линд отказалась сказать: «Я сожалею о том, что сделала».", None),
    ("de", "Maria Holt bestritt jedoch, den Rat „eine Bande von Dieben“ genannt zu haben.", None),
    ("pl", "Maria Holt zaprzeczyła jednak, że nazwała radę „bandą złodziei”.", None),
    ("pt", "Maria Horta negou, porém, ter chamado à assembleia «um bando de ladrões».", None),
    ("de", "Eva Lind weigerte sich zu gehen und nannte den Befehl „eine Schande“.", "Eva Lind"),
    ("pl", "Maria Holt zaprzeczyła jednak i nazwała zarzut „bzdurą wyssaną z palca”.", "Maria Holt"),
    ("en", "Eva Lind did not refuse to say “I am sorry for it”.", "Eva Lind"),
])  # fmt: skip
def test_a_refusal_denies_and_however_joins_nothing(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "polarity"), [
    ("en", "No one has ever heard Paul Hart say “I was wrong”.", "denied"),
    ("de", "Niemand hat Paul Hart je „Ich lag falsch“ sagen hören.", "denied"),
    ("cs", "Nikdo nikdy neslyšel Pavla Harta říct „Mýlil jsem se“.", "denied"),
    ("de", "Paul Hart soll gesagt haben: „Ich brenne alles nieder.“", "hypothetical"),
    ("pl", "Paweł Hart miał powiedzieć: „Spalę wszystko”.", "hypothetical"),
    ("en", "Paul Hart is said to have shouted: “I will burn it down.”", "disputed"),
    ("da", "Videoen, hvor Paul Hart siger: »Jeg hader denne by«, er falsk.", "disputed"),
    ("ca", "El vídeo en què Pau Horta diu «Odio aquesta ciutat» és fals.", "disputed"),
    ("pl", "Paweł Hart miał czas i powiedział: „Mówiłem od początku”.", "asserted"),
    ("en", "Paul Hart, who heard no shots, said: “It was quiet.”", "asserted"),
])  # fmt: skip
def test_what_nobody_heard_and_what_is_only_said_to_have_been_said(language: str, text: str, polarity: str) -> None:
    assert quotes(text, language)[-1].polarity.value == polarity
