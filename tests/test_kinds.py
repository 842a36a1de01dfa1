"""Kinds of fault in texts that the finder was not made on: what is said and what is not, which words, and whose."""

from __future__ import annotations

import pytest

from archiver.quotes import find_quotes
from archiver.records import Polarity, Quote
from tests.gold import article_of


def quotes(text: str, language: str = "en") -> tuple[Quote, ...]:
    return find_quotes(article_of("A headline\n" + text, language=language, published="2026-11-10"))


NOT_SAID = {
    "a title with its kind behind it": ("en", "“Seven Gates,” a new play by Ida Holm, opens on Friday."),
    "what a sentence is set in": ("en", "In “Salt” a cook takes revenge."),
    "a title behind a noun for a work": ("en", "Ida Holm wrote a memoir on board, “Salt in the Inkwell”."),
    "a term that is defined": ("fr", "Par « logement », la loi comprend toute pièce avec fenêtre."),
    "a noun in irony": ("it", "Il “gran capo” della trattativa non ha risposto."),
    "items of a list": ("de", "» Pegel sinkt langsam\n» Schulen bleiben zu\nEs regnet."),
    "a banner far before its words": ("en", "Graffiti on the old pier reads “Here be gulls”."),
    "the object of a verb of making": ("it", "La regista Ida Holm firma «Il corsaro»."),
    "the same behind an article": ("el", "Η Ίντα Χολμ παρουσίασε το «Αλάτι και στάχτη»."),
    "what bears the words behind them": ("it", "“Il calcio è di chi canta”, recitava lo striscione di Luca Gatti."),
    "what can be read, behind it": ("fr", "« Sans forêt, pas d'air », pouvait-on lire sur un mur."),
    "what can be read on a thing": ("es", "En la pared se podía leer «Fuera de aquí»."),
    "a banner without blanks": ("zh", "市民游行。横幅上写着“树也要投票”。"),
    "a sign without blanks": ("zh", "门口多了一块写着“青石里美学馆”的招牌。"),
    "what is written, without blanks": ("ja", "壁には「せんちょう、ありがとう」と書かれた絵がある。"),
    "a sign far before a colon": (
        "de",
        "Ein Tor.\nDas Schild ist von Hand gemalt, weiße Farbe auf Holz: „Privat! Halt!“",
    ),
    "a sheet at a door": ("it", "Sul vetro Ida Holm ha appeso un foglio: «Chiuso per stanchezza»."),
    "what can be read, in Ukrainian": ("uk", "На паркані ще можна прочитати «Ласкаво просимо»."),
    "a line to another article": ("ca", "Un poble.\nLLEGEIX TAMBÉ: «El so dels pobles», el projecte."),
    "what several people call a thing": ("en", "The beetles, which researchers call “sand sheriffs,” eat one vine."),
    "whom several people call so": ("es", "Ida Holm, a quien en el gremio llaman «el Martillo», calla."),
    "a slogan behind its words": ("tr", "“Dağ bizim” sloganıyla yürüdüler."),
    "a slogan behind its words, with a particle": ("ja", "「山はみんなのもの」をスローガンに歩いた。"),
    "a study's title, though it says a thing": ("en", "A study by Ida Holm titled ‘How towns sleep’ says so."),
    "a title behind its kind and a comma": ("it", "Il suo romanzo più celebre, «Il corsaro», fu replicato."),
    "another page": ("en", "The town wants wind power (see ‘How the wind pays’), said Ida Holm."),
    "what a name means": ("en", "The town (Norse for “cold bay”) is old."),
    "what a name means, with its verb": ("es", "El nombre significa «bahía fría»."),
    "to whom a thing was told": ("de", "Es brenne, erklärte der Vorsitzende gegenüber „Wafa“."),
    "an ironic word where nobody speaks": ("en", "Ida Holm was late. The pair built four “glaciers” on a farm."),
    "how a body names itself": ("de", "Das Bündnis nennt sich „Feld und Flur“."),
    "the same in Swedish": ("sv", "Nätverket kallar sig ”Degen”."),
    "a sheet at a shop, without blanks": ("ja", "店先には「本日休業」と書いた紙が張られている。"),
    "another name of a thing": ("zh", "这座桥又称“老龙桥”，建于明代。"),
    "a song": ("pl", "Kibice śpiewali „Nigdy nie zginiemy”."),
    "what has become known so": ("en", "A version of what has become known as the “Holm rule” passed, Ida Holm noted."),
    "what stands on a banner": ("no", "«Aldri mer kull» sto det på et banner ved havna."),
    "what is written at a door": ("ko", "문 앞 종이에는 ‘오늘 쉽니다’라고 적혀 있다."),
    "how pupils call somebody": ("pt", "O músico Rui Leal, que os alunos tratavam por «o Metrónomo», tocou."),
    "a body in marks before its director": ("pl", "Prezes spółki „Wiatr” Jan Kolasa milczy."),
}


@pytest.mark.parametrize(("language", "text"), NOT_SAID.values(), ids=NOT_SAID)
def test_these_words_are_nobodys(language: str, text: str) -> None:
    assert not quotes(text, language)


FEW_WORDS_SAID = {
    "in a bracket": ("en", "Ida Holm left early (she called it “a shame”).", "a shame"),
    "what somebody says it means": ("fr", "Ida Holm a dit que cela signifie « la fin ».", "la fin"),
    "promised": ("en", "Ida Holm promised “action” in May.", "action"),
    "a plain word behind the medium": ("de", "„Ja“, sagte Ida Holm der Stadt „ganz offen“.", "ganz offen"),
    "of oneself": ("de", "Ida Holm nennt sich „unpolitisch“.", "unpolitisch"),
    "in a letter": ("sv", "”Vi går”, stod det i brevet från Ida Holm.", "Vi går"),
    "in a letter, where the verb is last": ("ko", "김하나 시장의 편지에는 “미안합니다”라고 적혀 있었다.", "미안합니다"),
    "of a second person": ("en", "Ida Holm spoke of “a gift”, Tom Ashe of “a bill”.", "a bill"),
}


@pytest.mark.parametrize(("language", "text", "words"), FEW_WORDS_SAID.values(), ids=FEW_WORDS_SAID)
def test_a_few_words_beside_a_name_are_said(language: str, text: str, words: str) -> None:
    assert quotes(text, language)[-1].text == words


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


DENIED_AND_SAID = [
    ("fi", "Ida Holm kiisti syytteet sanoen, että ne ovat ”hölynpölyä”."),
    ("hr", "Ida Holm odbacila je optužbe i rekla da su „čista glupost“."),
    ("pl", "Ida Holm obiecała naprawić dach i powiedziała: „Zrobimy to”."),
    ("ko", "문소라 시장은 돈을 받은 사실을 부인하며 “내 손은 깨끗하다”고 말했다."),
    ("zh", "马振国议员否认收过钱，并补充说：“我的手是干净的。”"),
    ("ja", "宮原聡子市長は「教えたことは一度もありません」と否認した。"),
    ("ko", "문소라 시장은 설명회에서 “되살릴 수는 없습니다”라고 못 박았다."),
]


CONTRASTS = [
    ("fr", "Si Ida Holm évoque « un bien », sa cousine Zoé Bel y voit « une eau ».", "Ida Holm"),
    ("ro", "Dacă Ida Holm vorbește despre „o trădare”, Ana Pop vede „o tranzacție”.", "Ida Holm"),
]


@pytest.mark.parametrize(("language", "text", "name"), CONTRASTS)
def test_a_condition_with_the_words_of_another_behind_it_is_none(language: str, text: str, name: str) -> None:
    assert quotes(text, language)[0].speaker.name == name


@pytest.mark.parametrize(("language", "text"), DENIED_AND_SAID)
def test_who_denies_or_promises_something_and_says_words_has_said_them(language: str, text: str) -> None:
    (quote,) = quotes(text, language)
    assert quote.polarity is Polarity.ASSERTED
    assert quote.speaker.name


@pytest.mark.parametrize(("language", "text", "words"), [
    ("ja", "江草みさをさんは「押すんだよ」と笑った。", "押すんだよ"),
    ("ja", "鬼頭澄江社長は報道陣に「残念だ」。", "残念だ"),
    ("zh", "明年还办不办，叶青给出的答案只有两个字：“要办。”", "要办。"),
])  # fmt: skip
def test_without_case_the_place_of_the_marks_tells_that_words_were_said(language: str, text: str, words: str) -> None:
    assert [quote.text for quote in quotes(text, language)] == [words]


HEADLINES = {
    "behind a name": ("Ida Holm Calls Paul Weir ‘A Disgrace’ Over Tram\nIda Holm met Paul Weir.", "Ida Holm"),
    "the speaker at the end": (
        "Weir ‘The Dealmaker’ Could Save Tram, Ida Holm Says\nIda Holm met Paul Weir.",
        "Ida Holm",
    ),
}


@pytest.mark.parametrize(("text", "name"), HEADLINES.values(), ids=HEADLINES)
def test_in_a_headline_of_capitals_words_in_marks_are_no_nickname_and_no_title(text: str, name: str) -> None:
    (quote,) = find_quotes(article_of(text, language="en"))
    assert quote.speaker.name == name


def test_a_nickname_in_a_headline_is_no_quote() -> None:
    assert find_quotes(article_of("Marcia ‘Cia’ Price Wins Seat\nShe won.", language="en")) == ()


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


SPEAKERS = {
    "passive with its agent behind": ("en", "It was called “a raft of straw” by the auditor, Ida Holm.", "Ida Holm"),
    "passive with its agent before": ("en", "Lena Voss, described by a colleague as “a clock”, left.", None),
    "a pronoun before the verb": ("es", "El presidente del gremio, Ivo Luna, la calificó de “trampa”.", "Ivo Luna"),
    "who told the one who says so": ("en", "Ida Holm said Paul Weir told her the ship was “full”.", "Paul Weir"),
    "who told her with an adverb": (
        "en",
        "Ida Holm said the mayor, Paul Weir, had told her privately that it was “full”.",
        "Paul Weir",
    ),
    "a relative with a name": (
        "en",
        "Leo Hart was “sorry”. His aunt, Ida Holm, was not. “Never,” she said.",
        "Ida Holm",
    ),
    "a surname that is a noun for bodies": ("en", "Cellist Ida Banks laughed. “Never,” she said.", "Ida Banks"),
    "an agent behind an office": (
        "en",
        "It was described as “brave” by Leo Hart and as “grim” by the head of the union, Ida Holm.",
        "Ida Holm",
    ),
    "a verb behind an article and a name": ("el", "Η Ίντα Χολμ χτίζει. «Δεν χωράει», λέει η ίδια.", "Ίντα Χολμ"),
    "whom somebody answers": ("fr", "Luc Roy parle. «Un système», lui rétorque Ida Holm.", "Ida Holm"),
    "a body behind a role": ("es", "La senadora del PRI Ana Holm habló de «humo».", "Ana Holm"),
    "the lawyer of a family": ("it", "L'avvocato della famiglia, Anna Holm, ha chiesto «rispetto».", "Anna Holm"),
    "who is of another country": (
        "id",
        "Warga Jerman Klaus Weber, seorang pengamat, mengaku “terkejut”.",
        "Klaus Weber",
    ),
    "two bodies": ("es", "La Fundación Holm y el Museo de Lugo ven «un riesgo».", "Fundación Holm"),
    "an article tells whom a pronoun means": (
        "pt",
        "A deputada Ida Holm processou o humorista Beto Malta, que a chamou de “gralha”. “Gralha pensa”, rebateu ela.",
        "Ida Holm",
    ),
    "what people say in the corridors": (
        "pt",
        "O médico Ida Holm saiu. «Ele exagera», comenta-se nos corredores.",
        None,
    ),
    "an acronym between a role and a name": (
        "id",
        "Direktur RSUD Ida Purnamasari menyebutnya “jeda”.",
        "Ida Purnamasari",
    ),
    "another within what somebody tells": ("es", "Según Ida Holm, el juez dijo «basta».", None),
    "the same in Italian": ("it", "Secondo Ida Holm, le gridò «donne al timone mai».", None),
    "whom somebody shouted at": ("es", "Según Ida Holm, le gritó «fuera de aquí».", None),
    "whom another speaks for, and is": (
        "it",
        "Più netto il legale di Ida Holm, la fondatrice: «La mia assistita non sa nulla.»",
        None,
    ),
    "a body between a role and its name": ("id", "“Saya takut,” kata Ketua RT, Budi Santoso.", "Budi Santoso"),
    "a clause of another": ("pt", "Ida Holm partiu, depois de a oposição a ter acusado de «vender a água».", None),
    "a pronoun written onto the verb": ("pt", "O Rui guarda uma carta. «Não», escreveu-lhe Ida Holm.", "Ida Holm"),
    "a clause without a verb": ("fr", "Jean Petit parle de «bon sens», son adjointe Ida Holm de «folie».", "Ida Holm"),
    "the same after a comma": ("ro", "Ion Pop vorbește despre „pace”, iar soția lui Gil, Ida, despre „furt”.", "Ida"),
    "what else is called so": ("es", "Ida Holm calificó el plan de «bueno» y la reforma de «mala».", "Ida Holm"),
    "two opinions": ("fr", "Pour Luc Roy, c'est «une farce», pour Ida Holm «un drame».", "Ida Holm"),
    "who calls the one spoken of so": (
        "es",
        "Vio a Luis Gil, a quien su hija Ida Holm definió como «un faro».",
        "Ida Holm",
    ),
    "somebody else meanwhile": ("en", "Leo Hart said as Ida Holm yelled: “Never!”", "Ida Holm"),
    "what somebody said when arrested": (
        "en",
        "Inspector Leo Hart said that when arrested Ida Holm had said: “Never.”",
        "Ida Holm",
    ),
    "in the reported mood": ("de", "Kommissar Leo Hart berichtete, Ida Holm habe im Hof gefragt: „Warum?“", "Ida Holm"),
    "who told a reporter's source": (
        "de",
        "Leo Hart sagte, Ida Holm habe ihm gesagt, die Pumpen seien „uralt“.",
        "Ida Holm",
    ),
    "right before the marks": ("de", "Auf die Frage von Leo Hart, wer irre, antwortete Ida Holm: „Wir.“", "Ida Holm"),
    "told according to another": ("de", "Laut Leo Hart sagte Ida Holm zu ihm: „Nie wieder.“", "Ida Holm"),
    "quoted as saying": ("en", "The radio quoted Bishop Leo Hart as saying it was “over.”", "Leo Hart"),
    "according to one, another said": ("en", "According to Ida Holm, her uncle told her “never to row.”", None),
    "an agent": ("en", "Owen Tarr slept. Tarr's agent said he was “well.”", None),
    "a relative of somebody named": ("en", "Ida Holm left. Tom Reddy's widow stayed. “It was his,” she said.", None),
    "a role between «by» and its name": ("en", "It was dismissed as “straw” by council leader Ida Holm.", "Ida Holm"),
    "hyphens around the aside": ("it", "«Fa freddo - racconta il custode Ivo Olmi - e poi piove».", "Ivo Olmi"),
    "a month that is a first name": ("en", "“It is over,” economist Jan Weil said.", "Jan Weil"),
    "a body that is not the one before": (
        "en",
        "Holm Freight waited, Holm Freight said. The union replied that it was “an insult”.",
        None,
    ),
    "whom a question is put to": ("en", "Ida Holm was asked whether she was “tired”.", None),
    "the same in German": ("de", "Ida Holm wurde gefragt, ob sie „müde“ sei.", None),
    "who is telling": ("en", "Ida Holm is telling a group that it is “depleted”.", "Ida Holm"),
    "an adverb before its verb": ("de", "Ida Holm kam. Tatsächlich sagte sie: „Es wird kalt.“", "Ida Holm"),
    "a body that is a noun": ("de", "Autor verklagt Verlag\n„Wir drucken weiter“, teilte der Verlag mit.", None),
    "a neighbour whom nobody names": ("en", "Ida Holm left. Her neighbour stayed. “It is dry,” she said.", None),
    "«of» before the marks": (
        "de",
        "Die Anwältin, Anneke Voss, sprach von „einer einzigen Katastrophe“.",
        "Anneke Voss",
    ),
    "a passive with nouns": ("de", "Der Plan wurde von Ida Holm als „Floß aus Stroh“ bezeichnet.", "Ida Holm"),
    "a widow whom nobody names": ("it", "Parla Ada Neri. La vedova precisa: «Odiava le porte».", None),
    "a dateline": ("en", "OSLO, Nov 10 (AP) - “It is over,” economist Jan Weil said.", "Jan Weil"),
    "another body": ("en", "The Port Authority said it was “fine.” “No comment,” the ministry said.", None),
    "the role beside a platform": ("en", "On Facebook, the governor, Ilya Dorn, wrote: “It holds.”", "Ilya Dorn"),
    "a particle written onto the name": ("en", "Dr. Samir al-Rashid said it was “fine.”", "Samir al-Rashid"),
    "two names and «and»": ("pt", "“É seguro”, escreveram Ada Vieira e Luís Ortigão.", "Ada Vieira"),
    "a name behind marks": ("pl", "Prezes spółki „Wiatr” Jan Kolasa mówi o „pomyłce”.", "Jan Kolasa"),
    "a capital that only opens the sentence": ("da", "Mængden råbte »Skam jer«.", None),
    "a role of another name": ("pl", "Mecenas Ewa Lis wygrała. „Jesteś ślepy?” – zapytał adwokat powoda.", None),
    "announced by the line above": ("en", "It rained.\nFrom the mayor, Nora Quist:\n“We hear you.”", "Nora Quist"),
}


@pytest.mark.parametrize(("language", "text", "name"), SPEAKERS.values(), ids=SPEAKERS)
def test_whose_words_they_are(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


PRINTED = {
    "a group without an article": ("de", "Ida Holm kam. Analysten sprachen dabei von „Panik“.", "Analysten"),
    "a subject before a clause about it": (
        "it",
        "Un vicino, che preferisce restare anonimo, conferma: «Urlava il suo nome».",
        "Un vicino",
    ),
    "people of a place": ("es", "Vecinos de Lugo dicen «no».", "Vecinos"),
    "sources at a seat": ("it", "Fonti di Palazzo Chigi parlano di «attacco».", "Fonti"),
    "others around her": ("fr", "Ida Holm rit. Des collègues autour d'elle crient : « Tous ! »", "Des collègues"),
    "what can be read in a letter": ("es", "Ida Holm dijo «sí». En la carta se lee: «Todo va bien».", "Ida Holm"),
    "a body that several speak from": (
        "es",
        "Luis Gil dice: «No». «Exageran», aseguran desde el ministerio.",
        "el ministerio",
    ),
    "the same in Italian": ("it", "Luca Gatti dice: «No». «Esagerano», replicano dal ministero.", "ministero"),
    "a body in a clause without a verb": ("es", "Luis Gil habla de «avance», el sindicato de «farsa».", "el sindicato"),
    "a relative": ("en", "Ida Holm rows. Her brother does not. “I swim,” he said.", "Her brother"),
    "a relative, in German": ("de", "Ida Holm rudert. Ihr Bruder lacht. „Ich schwimme“, sagt er.", "Ihr Bruder"),
    "a crowd": ("no", "Folkemengden ropte «Skam dere».", "Folkemengden"),
    "who does it in a passive": ("en", "Described by colleagues as “a lighthouse,” Ida Holm retired.", "colleagues"),
}


@pytest.mark.parametrize(("language", "text", "printed"), PRINTED.values(), ids=PRINTED)
def test_an_unnamed_source_is_printed(language: str, text: str, printed: str) -> None:
    speaker = quotes(text, language)[-1].speaker
    assert (speaker.name, speaker.printed) == (None, printed)


def test_a_lost_mark_ends_before_a_pronoun_and_its_verb() -> None:
    (quote,) = quotes('"That was the joke, she added, laughing.')
    assert quote.text == "That was the joke,"


def test_an_interview_without_labels() -> None:
    (quote,) = quotes("Ida Holm builds organs.\nDo you play yourself?\n“Badly, and only when the dog is out.”")
    assert quote.speaker.name == "Ida Holm"


def test_a_place_in_a_headline_says_which_suspect_is_meant() -> None:
    text = "Paris attack suspect 'acted alone', court hears\nA man acted alone, a court heard on Monday."
    (quote,) = find_quotes(article_of(text, language="en", published="2026-11-10"))
    assert quote.speaker.name is None


def test_a_name_that_may_be_the_complements_is_less_sure() -> None:
    (quote,) = quotes("A lawyer for the defendant, Tobias Wren, called the ruling “a good day for the truth”.")
    assert quote.speaker.name is None or (quote.speaker.confidence or 0.0) < 0.9


def test_a_talk_with_letters_and_full_stops() -> None:
    found = quotes(
        "La astrónoma Ida Holm vuelve de Lugo.\nP. ¿Qué se ve?\nR. El silencio.\nP. ¿Y qué más?\nR. Nada.", "es"
    )
    assert [quote.speaker.name for quote in found] == [None, "Ida Holm", None, "Ida Holm"]
    assert not quotes("El juez llegó.\nJ. Pérez dijo que no.\nA. Gil calló.", "es")


def test_a_talk_with_labels_like_names() -> None:
    turns = quotes("The Gazette: What do you see?\nLena Moss: My hands.\nThe Gazette: And fish?\nLena Moss: Seldom.")
    assert [turn.speaker.name for turn in turns] == [None, "Lena Moss", None, "Lena Moss"]


def test_labels_of_initials_are_whose_name_has_them() -> None:
    talk = quotes("Ida Holm (IH) met Leo Hart.\nLH: What was worst?\nIH: The owners.\nLH: Why?\nAM: No idea.")
    assert [quote.speaker.name for quote in talk] == ["Leo Hart", "Ida Holm", "Leo Hart", None]


def test_a_passive_without_an_agent_is_nobodys() -> None:
    text = "He has been hailed as “the new Brel,” mocked as “a bad poster,” and, by the critic Ida Holm, called “late.”"
    assert [quote.speaker.name for quote in quotes(text)[:2]] == [None, None]


def test_another_subject_before_a_quotation_makes_the_last_speaker_less_sure() -> None:
    text = "Ida Holm met Leo Hart. “We share a sea,” Ida Holm said. Hart nodded. “And a problem.”"
    assert (quotes(text)[-1].speaker.confidence or 0) < 0.9


def test_whom_a_relative_clause_may_mean_is_less_sure() -> None:
    (quote,) = quotes("Ida Holm, die ihr Trainer Leo Hart „schnell wie nie“ nennt, siegte.", "de")
    assert (quote.speaker.confidence or 0) < 0.9


def test_facts_with_labels_are_no_talk() -> None:
    assert not quotes("Doors: half past six\nPrice: nine pounds\nAddress: Pier Road")


def test_who_passes_words_on_is_no_sure_speaker() -> None:
    for text in (
        "Ida Holm wept. Her lawyer, Paul Weir, read a statement: “Truth has a long breath.”",
        "Paul Weir said he had been told at midnight to “prepare for the worst”.",
    ):
        assert (quotes(text)[-1].speaker.confidence or 0) <= 0.85


BESIDE = {
    "who shouted according to the police": (
        "no",
        "Ifølge Leo Hart ropte den mistenkte, Ida Holm, «jeg orker ikke mer».",
        "Ida Holm",
    ),
    "who calls it so according to another": (
        "nl",
        "Volgens Leo Hart noemt Ida Holm het plan “dood en begraven”.",
        "Ida Holm",
    ),
    "according to somebody alone": ("nl", "Volgens Ida Holm is het plan “dood”.", "Ida Holm"),
    "she behind his clause": ("da", "Da Leo Hart friede, svarede hun: »Spørg mig på land.«", None),
    "a promise behind a passive": ("en", "Ida Holm said it was “grim” and promised to “knock heads”.", "Ida Holm"),
    "she who is asked by him": ("en", "When Leo Hart asked her to marry him she replied, “Ask me on land.”", None),
    "another of several passives": (
        "en",
        "He has been hailed as “new,” mocked as “old,” and, by the critic Ida Holm, described as “late.”",
        "Ida Holm",
    ),
    "a paper in marks that says so": ("de", "Ida Holm schwieg. Der „Bote“ schreibt, Holm sei „müde und alt“.", None),
    "somebody new of a party": (
        "sv",
        "Leo Hart kallar det ”fint”. Rådet Ida Ek (M) är oense. ”Det är fult.”",
        "Ida Ek",
    ),
    "a noun and a place": ("en", "Ida Holm posted: “Done.” Growers in Kent call it “mud”.", None),
    "the last subject": (
        "de",
        "Wie Sheriff Leo Hart mitteilte, rief Zeugin Ida Holm: „Ich kann nicht mehr.“",
        "Ida Holm",
    ),
    "an unknown trade": (
        "de",
        "Es regnet. „Schön“, sagte sie. Managerin Wanja Holm sprach von „Glück pur“.",
        "Wanja Holm",
    ),
    "what somebody told another's father": ("nl", "Leo Hart. Volgens hem had een man ooit gezegd: “Nee.”", None),
    "the paper it was told to": (
        "no",
        "Til avisen Nordpress sier tidligere sjef Ida Holm at det er «feil».",
        "Ida Holm",
    ),
    "several by their verb": ("nl", "Leo Hart is demonstrant. “Weg!”, riepen de demonstranten.", None),
    "a court of two words": ("sv", "”Nej”, skriver Göta Alvs tingsrätt i domen.", "Göta Alvs tingsrätt"),
    "a town's council": ("no", "– Nei, skriver Bergen kommune til avisen.", "Bergen kommune"),
    "a name before what it steers": ("no", "Sønnen Jonas Holm styrer den. «Kjølen er min», sier han.", "Jonas Holm"),
    "a firm with its sign": ("en", "The wall held. Hollis & Sons called it “absurd”.", "Hollis & Sons"),
    "an adverb and a plural": ("de", "Gemeinsam erklärten die Verbände: „Wir kommen.“ Ida Holm ging.", None),
    "an office and whose it is": ("de", "Ida Varga kam. Vargas Büro sagte: „Das ist nur Tratsch.“", None),
    "a noble family": ("de", "Ida von Holm starb. „Nie“, sagt Wanja von Holm.", "Wanja von Holm"),
    "not her husband": ("en", "It was Ida Holm, not her husband, who said “sell it”.", "Ida Holm"),
    "somebody whom another remembers": ("en", "Leo Hart is gone. Ida Holm recalls him saying “never”.", "Leo Hart"),
    "what somebody told officers": (
        "de",
        "Sprecher Leo Hart teilte mit, Fahrerin Ida Holm habe den Beamten gesagt, sie sei „müde“.",
        "Ida Holm",
    ),
    "a letter with its writers": ("de", "In dem Brief, den Ida Holm schrieb, heißt es, der Plan sei „übel“.", None),
    "she where he was the last": ("de", "„Unfug!“, rief Leo Hart. Knapp sagte sie: „Nein.“", None),
    "a lawyer of somebody named": ("de", "Leo Harts Anwalt kam. „Mein Mandant schweigt“, sagte der Anwalt.", None),
    "who wants no name": ("de", "Ein Mann, der nicht genannt werden will, sprach von „Wut“. Ida Holm kam.", None),
    "somebody new in the sentence before": (
        "en",
        "Leo Hart said it was “fair”. City's Ida Holm disagreed. “It was a foul.”",
        "Ida Holm",
    ),
    "his deputy in it": (
        "en",
        "Leo Hart said: “Not today.” Asked again, his head of staff, Ida Holm, laughed. “You heard him.”",
        "Ida Holm",
    ),
    "the same in German": ("de", "Leo Hart sagte: „Nein.“ Seine Beraterin Ida Holm lachte. „Doch.“", "Ida Holm"),
    "whom a preposition leads to": ("en", "“A lie,” Leo Hart said, pointing at Ida Holm. “A big lie.”", "Leo Hart"),
    "one of several": ("en", "Leo Hart heard them. “Thieves,” he said. One of them shouted: “Run!”", None),
    "the same in Norwegian": ("no", "Leo Hart hørte dem. «Tyver», sa han. En av dem ropte: «Løp!»", None),
    "what others call her": ("en", "When Ida Holm took over, staff called her “a hurricane.”", None),
    "what others call her in Swedish": ("sv", "När Ida Holm tog över kallade personalen henne ”orkanen”.", None),
    "what others call her in German": ("de", "Als Ida Holm kam, nannten sie die Leute „einen Orkan“.", None),
    "they where they and she are one word": ("de", "Ida Holm packte. Die Töchter auch. „Wir gehen“, sagten sie.", None),
    "whom the sentence before is about": (
        "es",
        "A Ida Olmo, de 67 años, le quitaron quince colmenas. “Me dejaron las piedras”, cuenta.",
        "Ida Olmo",
    ),
    "whom the sentence behind is about": (
        "it",
        "«Facciamo quaranta chilometri per il pane». Ivo Sartorel, pensionato, abita sotto la frana.",
        "Ivo Sartorel",
    ),
    "who a sentence with a colon begins with": (
        "fr",
        "L'entraîneur, Didier Roussy, est plus prudent : « Huit buts, c'est un Everest. »",
        "Didier Roussy",
    ),
    "the only one whom a noun may mean": (
        "es",
        "Almudena Riquer viajó al norte. «Dije que la ría estaba enferma», precisó el lunes la investigadora.",
        "Almudena Riquer",
    ),
    "somebody new, without a name": (
        "pt",
        "“Perdi a consulta”, disse Ivonete Braga. Ao lado dela, um rapaz esperava. “Está cem reais”, contou.",
        None,
    ),
    "an article that is a pronoun too": (
        "el",
        "Σύμφωνα με τον γεωλόγο Μιχάλη Δρακάκη, η θέση είναι «η χειρότερη δυνατή».",
        "Μιχάλης Δρακάκης",
    ),
    "according to a name in a case": (
        "cs",
        "Podle poslankyně Lenky Chvátalové je to „lež v přímém přenosu“.",
        "Lenka Chvátalová",
    ),
    "a spokesman behind the name": ("hu", "Illés Tünde szóvivője közölte, hogy a gyűlés „zárt körű” lesz.", None),
    "a spokesman of somebody with a trade": (
        "id",
        "Juru bicara pengusaha Tommy Lukito menyebut perundingan “berjalan baik”.",
        None,
    ),
    "a trade that opens the sentence": (
        "tr",
        "Üretici Satılmış Kocadağlı, “Bütün gece bekledik” dedi.",
        "Satılmış Kocadağlı",
    ),
    "a trade without a blank": ("zh", "邮递员贺长林笑着说：“每一封都有人等。”", "贺长林"),
    "the second of two clauses": (
        "ja",
        "料理店主の朝比奈喜八郎さんが「海の背骨」と言い、旅館おかみの戸川千鶴さんは「山から見た海」と返す。",
        "戸川千鶴",
    ),
    "a family name that is a word of the text": (
        "en",
        "They work with Leslie Field. The beads were tested in the field.\n\n"
        "The team reasoned that they were safe. “We have evolved with it,” Field argued.",
        "Leslie Field",
    ),
    "who reports in the paragraph before": (
        "en",
        "Brad Moos said it was safe.\n\n“We tried it.”\n\nThe head of Delta’s centre of excellence, Tara Amin, says "
        "the problem is that it takes effort.\n\n“It is just too expensive.”",
        "Tara Amin",
    ),
    "who reports in the sentence before": (
        "en",
        "Brad Moos said: “We tried.”\n\nTara Amin said that Delta can’t dodge it. “If they wanted to, they could.”",
        "Tara Amin",
    ),
    "a driver that nobody has met": (
        "en",
        "Tom Amin drives. He recalled the month when, during 30 days, a driver is tested. “Hard,” he said.",
        "Tom Amin",
    ),
    "whom somebody quotes without «that»": (
        "en",
        "Mara Lace was there. Lace said Geoffrey Epp told her: “We will have fun.”",
        "Geoffrey Epp",
    ),
    "a body before the name of who works there": (
        "en",
        "The change is, according to Findall Search lead Liz Amin, “the biggest of all.”",
        "Liz Amin",
    ),
    "a first name of men and women": (
        "en",
        "Tom Amin drives a truck, he said.\n\nJody Lund has worked there too. He said he “gets emotional.”",
        "Jody Lund",
    ),
    "whose letter it is": (
        "en",
        "Hal Brub, a deputy whose district it is, wrote to the mayor last week. “We pay for it,” the letter reads.",
        "Hal Brub",
    ),
    "a group whose name has small words": (
        "en",
        "The group Save Our Verges said on Monday that the vote was “a victory.”",
        "Save Our Verges",
    ),
    "who tells at the end what something shows": (
        "en",
        "Xi Jing announced it. That Xi announced it signals a “high-level commitment” to change, says Belinda Shape.",
        "Belinda Shape",
    ),
    "who calls it so before that": (
        "en",
        "Ada Moos was there. Moos called it “a farce” to win votes, says Belinda Shape.",
        "Ada Moos",
    ),
    "where a body has its seat": (
        "en",
        "The Folk Collection in Dublin, which advises on it, said the case was “a wake-up call” for all.",
        "Folk Collection",
    ),
    "who is asked about somebody": (
        "en",
        "Lenny Odu headed it. Asked whether the referee, Stuart Mole, was right, he grinned. “When we were down? Yes.”",
        "Lenny Odu",
    ),
    "somebody's cousin between commas": (
        "en",
        "Joan Moos, a former clerk and Derek’s cousin, bought it in 1988. “It floods,” she says.",
        "Joan Moos",
    ),
    "who reports behind a clause and what is set beside the name": (
        "en",
        "Judge Ruth Pen came. In a text read to the court, Irene Bex, a cook, said she had saved. “Sad,” she wrote.",
        "Irene Bex",
    ),
    "who adds something": (
        "en",
        "Marina Lacer met Gilly Max. Lacer spoke of how Max hired girls.\n\n“She went to schools,” Lacer said.\n\n"
        "She added: “Max was worse.”",
        "Marina Lacer",
    ),
    "a brother behind a dash": (
        "da",
        "- Vi deler, siger Agnes Tolle.\n\n- Ja, sagde Paul Dam.\n\nHendes bror er uenig.\n\n- Den stod, siger han.",
        None,
    ),
    "the reply to a question in the next paragraph": (
        "en",
        "The accused is Tom Vid.\n\n“How am I to take that?” asked Judge Helen Marsh.\n\n“As the geese do.”",
        None,
    ),
    "the lawyer of somebody in the genitive": (
        "hr",
        "Lovro Perković šuti.\n\nOdvjetnik Lovre Perkovića podnio je žalbu.\n\n„Rok se računa”, rekao je odvjetnik.",
        None,
    ),
    "a body's name that ends in a trade": (
        "fr",
        "« Nous restons », martèle l’Intersyndicale Cordonnier, qui attend.",
        "Intersyndicale Cordonnier",
    ),
    "in whose eyes": (
        "fr",
        "Sophie Binard dirige tout. Elle a vu le maire, Paul Garnier.\n\nA ses yeux, « on peut parler de rupture ».",
        "Sophie Binard",
    ),
    "in whose view": (
        "en",
        "Sophie Binard met the mayor, Paul Garner. In her view, the plan is “a rupture with all before.”",
        "Sophie Binard",
    ),
    "who is left to say it": (
        "en",
        "Gwen Price and Ann Lloyd came. Price spoke. It was left to Elin Rees to sum it up. “Nobody asked,” she said.",
        "Elin Rees",
    ),
    "in brackets behind the marks": (
        "en",
        "The plan has been called many things: “a lifeline” (Rhys Tudor), “a crime” (Gwen Price).",
        "Gwen Price",
    ),
    "somebody's spokesman goes on": (
        "en",
        "Owen Lloyd was there. Laura Beck came. Beck’s spokesman said she stood by it. “She meant it,” he added.",
        None,
    ),
    "who is asked is not who asks": (
        "en",
        "Gwen Price is a farmer. When the inspector asked Gwen Price if she would move, she laughed. “I live here.”",
        "Gwen Price",
    ),
    "the head of a company in the second clause": (
        "en",
        "The firm apologised “unreservedly”, and its head, Dame Ruth Penn, promised there would be “no surprises.”",
        "Ruth Penn",
    ),
    "whom somebody else called it": (
        "en",
        "Ruth Oakes, whom Jon Farr once called “a fine mayor”, has not spoken to him since.",
        "Jon Farr",
    ),
    "who said so at the end of the sentence before": (
        "en",
        "Una Hart resigned on Friday, Ian Webb said. “She left the keys.”",
        "Ian Webb",
    ),
    "a new subject with her role": (
        "en",
        "Luis Prat would not be drawn on Ana Reis. “She plays.” Her agent, Pia Cole, saw it differently. “It is over.”",
        "Pia Cole",
    ),
    "whose statement reads so": ("en", "Ian Webb resigned. Una Hart’s statement read: “I regret my tone.”", "Una Hart"),
    "whose office's statement reads so": ("en", "A statement from Una Hart’s office read: “She regrets it.”", None),
    "whose report is the source": (
        "en",
        "Ian Webb resigned. According to a report by the Harbour Trust, the wall is “beyond repair.”",
        "Harbour Trust",
    ),
    "a neighbour of somebody named": (
        "en",
        "“She laughed,” Alan Pike told them. Nora Pike’s neighbour Rita Cobb recalled her as “a proper lady.”",
        "Rita Cobb",
    ),
    "somebody new before a colon": (
        "en",
        "Omar Haddad is an envoy. “We are close,” he said. A Western diplomat was less so: “It’s a circus.”",
        None,
    ),
    "a title with an article": ("en", "The Rev Anne Stone led it. “Nora lit up every room,” she said.", "Anne Stone"),
    "who asks and goes on": (
        "en",
        "Edna Platt, 84, asked Hugo Frey what he earned. “My pension is your lunch,” she told him.",
        "Edna Platt",
    ),
    "nouns that are no title where all have capitals": (
        "de",
        "Jan Tann kritisierte den Plan. Tann bezeichnete ihn als „Akt der Willkür“.",
        "Jan Tann",
    ),
}


@pytest.mark.parametrize(("language", "text", "name"), BESIDE.values(), ids=BESIDE)
def test_the_sentences_around_tell_who_speaks(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


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


@pytest.mark.parametrize(
    ("language", "text", "represented"),
    [
        (
            "pl",
            "Sąd oskarżył Tadeusza Brzosta. Obrońca Brzosta uważa to za „żart”. „Klient czeka” – dodał.",
            "Tadeusz Brzost",
        ),
        (
            "ru",
            "Суд арестовал Вадима Русакова. Адвокат Русакова назвал это «шуткой». «Подадим жалобу», — сказал он.",
            "Вадим Русаков",
        ),
        (
            "id",
            "Hendro Pranowo hadir. Kuasa hukum Hendro menilai dakwaan itu “kabur”. “Kami banding,” katanya.",
            "Hendro Pranowo",
        ),
    ],
)
def test_a_pronoun_after_somebody_s_lawyer_is_not_the_client(language: str, text: str, represented: str) -> None:
    first, *_, later = quotes(text, language)
    assert (first.speaker.name, first.speaker.represents) == (None, represented)
    assert later.speaker.name is None


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
    ("hu", "Gulyás Péter az elnök.\n\n„A zsilipet valaki kinyitotta” – jelenti ki.", "Gulyás Péter"),
    ("ca", "De nit la Remei Roure, que té 88 anys, surt.\n\n«He dormit poc», explica l’antiga fornera.", "Remei Roure"),
    ("pl", "Kierowca Daniel Pik milczy. Jego obrońca, Rafał Zięba, nie.\n\n„Czekamy”, mówi adwokat.", "Rafał Zięba"),
])  # fmt: skip
def test_a_verb_of_two_words_an_article_and_an_office_tell_who_is_meant(language: str, text: str, name: str) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "name"), [
    ("cs", "Petr Dvořák ze Lhoty odešel a Jan Malý zůstal a řekl: „Čekám.“", "Jan Malý"),
    ("ru", "Судья Анна Белова выслушала Петра Сомова.\n\n«Я устал», — признался водитель.", "Петр Сомов"),
])  # fmt: skip
def test_the_nearest_clause_has_the_subject_and_a_name_its_own_nominative(language: str, text: str, name: str) -> None:
    assert quotes(text, language)[-1].speaker.name == name


ACCOUNTS = {
    "an account": (
        "en",
        "A user asked. Seamist77 answered, “Leave.”\n“I know,” they said.\n“No,” seamist77 wrote.",
        "Seamist77",
    ),
    "a verb of two words": ("fr", "nordsud88 a répondu : « Chez moi aussi. »", "nordsud88"),
    "a thing with a number": ("en", "The code web2000 is old. “It is broken,” a user wrote.", None),
    "a false name": (
        "en",
        "“I see,” says the head of a school in Orley, who asked to use the pseudonym James.",
        "James",
    ),
    "a false name in German": ("de", "„Ja“, sagt ein Pfleger, der unter dem Pseudonym Karl auftritt.", "Karl"),
    "a false name without a relative": ("es", "“No”, dice un chófer identificado con el nombre de José.", "José"),
    "whom somebody works for": ("en", "“I see,” said a nurse who worked for the minister Ida Holm.", None),
}


@pytest.mark.parametrize(("language", "text", "name"), ACCOUNTS.values(), ids=ACCOUNTS)
def test_an_account_or_a_false_name_is_a_name(language: str, text: str, name: str | None) -> None:
    assert {quote.speaker.name for quote in quotes(text, language)} == {name}


DESCRIBED = {
    "a trade that no list has": (
        "en",
        "Leon Pike, a thatcher from Orley, fell.\n“It was long,” the thatcher said.",
        "Leon Pike",
    ),
    "the same before its noun": (
        "fr",
        "Léon Prat, couvreur à Orly, est tombé.\n« Long », raconte le couvreur.",
        "Léon Prat",
    ),
    "a thing": ("en", "Leon Pike, a thatcher from Orley, fell.\n“It was long,” the display said.", None),
    "a place with its noun": ("en", "Men met. In Des Moines, the new gang of Orley has declared, “We won.”", None),
    "a mother of so many": ("en", "Amina Salum sells food.\n“It is dark,” says the mother of four.", "Amina Salum"),
    "so many children in Spanish": (
        "es",
        "Amina Salum vende pan.\n“Es tarde”, dice la madre de cuatro hijos.",
        "Amina Salum",
    ),
    "somebody's mother": ("en", "Amina Salum sells food.\n“It is dark,” says the mother of the victim.", None),
    "an age before whom it is told": (
        "de",
        "Die Malerin Rosa Lau schwieg. „Ja“, sagte die 86-Jährige dem Sender.",
        "Rosa Lau",
    ),
    "a man who is no husband": ("de", "Rom Lau kam heim. „Ich betete“, erinnert sich der junge Mann.", "Rom Lau"),
    "a husband": ("de", "Paul Lau kam heim. „Nein“, sagt der Mann der Toten.", None),
    "where it was said": ("de", "Rom Lau kam heim. „Ich betete“, sagt der Mann in dem Interview.", "Rom Lau"),
    "what she is, behind a verb that comes first": (
        "de",
        "Am Montag fand Regula Stein, Bäuerin auf der Alp, ein Huhn.\n\nEs war spät. „Ich sah ihn“, sagt die Bäuerin.",
        "Regula Stein",
    ),
    "where it is written": ("fr", "Anna Lund a marqué.\n« Bien », a écrit la joueuse sur Instagram.", "Anna Lund"),
    "how it is said": ("nl", "Anna Lund scoorde.\n“Goed”, zei de spits met een glimlach.", "Anna Lund"),
    "the author of what is written": ("es", "Ana Luna marcó dos goles.\n“Es buena”, dijo la autora del informe.", None),
    "when it is said": ("en", "Anna Lund scored twice.\n“I am glad,” said the striker after the match.", "Anna Lund"),
    "when, in Italian": ("it", "Anna Lund ha segnato.\n«Bene», ha detto la calciatrice dopo la partita.", "Anna Lund"),
    "to whom it is told": ("sv", "Oda Lund gjorde mål.\n– Jag är glad, säger anfallaren till TT.", "Oda Lund"),
    "the same in Spanish": ("es", "Ana Luz marcó un gol.\n“Estoy feliz”, dijo la delantera a EFE.", "Ana Luz"),
    "the same in German": (
        "de",
        "Anna Lau traf.\n„Ich bin froh“, sagte die Stürmerin gegenüber der Zeitung.",
        "Anna Lau",
    ),
    "a mother of somebody": ("da", "Anna Holm døde.\n»Hun var god,« siger moren til Erik.", None),
    "the aide of somebody": ("en", "Anna Holm fell.\n“She was good,” said the aide to Erik Moss.", None),
    "years, no name": (
        "it",
        "Attilio Gamba tace. Anni fa un cronista gli chiese l’ora. «Tre», rispose l’artigiano.",
        None,
    ),
    "who asks her": ("pl", "Mecenas Ewa Lis broni rolnika.\n„Jest pani ślepa?” – zapytał ją sędzia.", None),
}


@pytest.mark.parametrize(("language", "text", "name"), DESCRIBED.values(), ids=DESCRIBED)
def test_a_noun_may_be_what_the_article_called_somebody(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[0].speaker.name == name


def test_a_source_that_is_no_mention_otherwise_has_no_person() -> None:
    text = "Nun muss das Gericht entscheiden, wie laut Denkmalschutz sein darf."
    found = find_quotes(article_of(text, language="de", published="2026-11-10"), indirect=True)
    assert [quote.speaker.name for quote in found] == [None] * len(found)


OWN_THOUGHTS = {
    "hers": ("en", "Ida Holm runs the port. Her advice is simple: “Sleep more.”", "Ida Holm"),
    "hers, where the word is theirs too": (
        "de",
        "Ida Holm leitet den Hafen. Ihre Antwort kam sofort: „Nein.“",
        "Ida Holm",
    ),
    "one's own, where it tells no gender": (
        "fr",
        "Anna Prat dirige le port. Sa réponse est claire : « Non. »",
        "Anna Prat",
    ),
    "a role": ("en", "Ida Holm runs the port. Her boss is tired: “I cannot go on.”", None),
    "the advice of others": ("en", "Ida Holm runs the port. The advice of the auditors is simple: “Sleep.”", None),
    "a second verb": (
        "de",
        "Jost Ahn nennt es „Tand“ und erklärte Anfang März: „Wir zählen nicht darauf.“",
        "Jost Ahn",
    ),
}


@pytest.mark.parametrize(("language", "text", "name"), OWN_THOUGHTS.values(), ids=OWN_THOUGHTS)
def test_what_somebody_owns_or_does_besides_leads_to_the_words(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


NAMED_BY_VERB = {
    "a surname of one sentence": (
        "en",
        "The hall was full. Ostrander says that “the money is there,” and left.",
        "Ostrander",
    ),
    "with its auxiliary": ("it", "Barbieri ha detto che il muro è «alto il doppio».", "Barbieri"),
    "where subjects may be left out": ("es", "Montalbán dijo el lunes que era “el doble de alto”.", "Montalbán"),
    "where the verb is second": ("nl", "Verbruggen zei maandag dat het “twee keer zo hoog” wordt.", "Verbruggen"),
    "several people": ("en", "Residents said the wall was “an eyesore.”", None),
    "a noun without an article": ("en", "Leadership said it was “listening.”", None),
    "a word that the text has in small letters": ("en", "Cavalry said it was “a shame,” and the cavalry left.", None),
    "an adjective": ("es", "Emocionado dijo que era “un sueño”.", None),
    "an adverb where the verb is second": ("nl", "Vandaar zei men “nee”.", None),
}


@pytest.mark.parametrize(("language", "text", "name"), NAMED_BY_VERB.values(), ids=NAMED_BY_VERB)
def test_a_capital_before_a_verb_of_one_is_a_name(language: str, text: str, name: str | None) -> None:
    found = quotes(text, language)[0].speaker
    assert found.name == name
    assert name is None or (found.confidence or 0.0) <= 0.85


@pytest.mark.parametrize(("language", "text", "name"), [
    ("da", "Mette Holm tav. »Vi havde bolden,« siger Holms træner, Kasper Vest.", "Kasper Vest"),
    ("sv", "Mette Holm teg. ”Vi hade bollen”, säger Holms gamla tränare.", None),
    ("sv", "Eva Moos teg. ”Vi hade bollen”, säger Moos parti.", None),
    ("no", "Eva Moe tidde.\n\n– Vi hadde ballen, sier Moes familie.", None),
    ("nl", "Mette Holm zweeg. “We hadden de bal”, zegt Holms trainer, Kasper Vest.", "Kasper Vest"),
    ("en", "Mette Holm kept silent. “We had the ball,” said Holm’s old coach.", None),
    ("en", "Mette Holm kept silent. “We had the ball,” said Holm’s apprentice.", None),
])  # fmt: skip
def test_an_owner_does_not_say_what_somebody_of_theirs_says(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "name"), [
    ("uk", "Приз вручили Іванові Ковальчуку.\n\n— Дякую всім, — каже Іван.", "Іван Ковальчук"),
    ("pl", "Nagrodę dano Janowi Kowalczykowi.\n\n— Dziękuję wszystkim — mówi Jan.", "Jan Kowalczyk"),
    ("cs", "Cenu dali Markovi Dvořákovi.\n\n„Díky všem,“ říká Marek.", "Marek Dvořák"),
    ("hr", "Nagradu su dali Ivanu Kovačiću.\n\n»Hvala svima«, kaže Ivan.", "Ivan Kovačić"),
    ("ru", "Приз дали Андрею Швецу. Швец улыбается: «Спасибо всем».", "Андрей Швец"),
])  # fmt: skip
def test_a_first_name_or_surname_alone_shows_the_nominative(language: str, text: str, name: str) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("text", "name"), [
    ("Santeri Huovila pelasi.\n\n– Hyvä ottelu, Tornan Santeri sanoi.", "Santeri Huovila"),
    ("Viat johtuivat puista. Hallituksen mukaan niitä ”ei olisi pitänyt olla”.", None),
    ("Viat johtuivat puista. Oppilaan mukaan niitä ”ei olisi pitänyt olla”.", None),
    ("Valmentaja Mikko Tervonen lähti. Tervosen mukaan se oli ”kohtuullinen tulos”.", "Mikko Tervonen"),
    ("Johtaja Anna Kallio lähti. Kallion mukaan se oli ”kohtuullinen tulos”.", "Anna Kallio"),
    ("Johtaja Ida Bergman lähti. Bergmanin mukaan se oli ”kohtuullinen tulos”.", "Ida Bergman"),
])  # fmt: skip
def test_finnish_genitives_are_nouns_or_owners_unless_a_name_has_that_form(text: str, name: str | None) -> None:
    assert quotes(text, "fi")[-1].speaker.name == name


_DISPUTE = "Die Ministerin Jana Roth und der Abgeordnete Morgan Tann stritten.\n\n"


@pytest.mark.parametrize(("text", "name"), [
    ("Die Pläne der Ministerin bezeichnete Tann als „völlig verfehlt“.", "Morgan Tann"),
    ("Die „fehlende Weitsicht“ der Ministerin kritisierte auch Tann.", "Morgan Tann"),
    ("Der Abgeordnete gab zu bedenken, dass die Mauer „seit Jahren bröckelt“.", "Morgan Tann"),
    ("Dem Abgeordneten zufolge „bröckelt die Mauer seit Jahren“.", "Morgan Tann"),
    ("Er hält den Plan für „rechtlich nicht haltbar“.", "Morgan Tann"),
    ("Sie warf Tann vor, „Ängste zu schüren“.", "Jana Roth"),
    ("Tanns Urteil: „Ein Trauerspiel.“", "Morgan Tann"),
    ("Roths Antwort fiel knapp aus: „So ein Unsinn.“", "Jana Roth"),
    ("Roths Plan nannte Tann „einen Witz“.", "Morgan Tann"),
    ("Als „Akt der Willkür“ bezeichnete Tann den Plan.", "Morgan Tann"),
    ("Von Roth wurde der Plan als „reine Symbolpolitik“ kritisiert.", "Jana Roth"),
    ("Überall wurde der Plan als „reine Symbolpolitik“ kritisiert.", None),
    ("Für Tann ist der Plan ein „Schlag ins Gesicht“.", "Morgan Tann"),
    ("Die Pläne seien „Ausdruck der Willkür“, sagte Tann.", "Morgan Tann"),
    ("Roths Nachfolger sprach von einem „Erbe voller Löcher“.", None),
    ("Roths Gegenüber sprach von einem „Erbe voller Löcher“.", None),
])  # fmt: skip
def test_german_articles_order_and_genitives_tell_who_speaks(text: str, name: str | None) -> None:
    assert quotes(_DISPUTE + text, "de")[-1].speaker.name == name


@pytest.mark.parametrize(("text", "name"), [
    ("Die Leute seien keine Flüchtlinge, sondern „Touristen, die alles ausnutzen“ und genug Geld hätten, sagte Tann.",
     "Morgan Tann"),
    ("Die Folgen seien hohe Kosten, sagte Tann. Zudem kämen junge Männer mit einem „hohen Gewaltpotential“.",
     "Morgan Tann"),
    ("Tann (SZ) sagte, es gehe ihm gut. Er mache Roth keinen Vorwurf, wohl aber dem „gescheiterten System“.",
     "Morgan Tann"),
    ("Vom Reeder Jost Ahlers kam Kritik. Der Reeder warf ihr vor, „mit Zahlen zu spielen“.", "Jost Ahlers"),
    ("Darunter kommentierte der Wirt Kai Sandmann: „Das wird nichts mehr.“", "Kai Sandmann"),
    ("Nach Tanns Worten ist der Damm „in bestem Zustand“.", "Morgan Tann"),
])  # fmt: skip
def test_german_moods_and_trades_tell_who_speaks(text: str, name: str) -> None:
    assert quotes(_DISPUTE + text, "de")[-1].speaker.name == name


@pytest.mark.parametrize(("text", "name"), [
    ("Gegen Roth richtet sich Kritik: „Sie hört nicht zu.“", None),
    ("Über Roth sagt man im Hafen: „Sie hört nicht zu.“", None),
    ("Über Roth sagt Tann: „Sie hört nicht zu.“", "Morgan Tann"),
    ("Die Kritik an Roth war scharf: „Sie hört nicht zu.“", None),
    ("Einer rief Tann zu: „Hau endlich ab!“", None),
    ("Als Roth den Saal verließ, rief ein Zuhörer: „Das wird nichts.“", None),
    ("Der Verband der Reeder sieht das anders. In einer Mitteilung warnt er vor einem „Flickenteppich“ am Meer.", None),
    ("Roth fragte: „Wer zahlt das?“ Tann antwortete trocken: „Die Stadt natürlich.“", "Morgan Tann"),
    ("Nachbarn kamen vor das Amt und skandierten „Weg mit der Mauer“.", None),
    ("„Das wird teuer“, sagte der Berner Gesundheits-, Sozial- und Finanzdirektor Urs Amrein.", "Urs Amrein"),
    ("„Das wird teuer“, meint derweil der Drittplatzierte Tann.", "Morgan Tann"),
])  # fmt: skip
def test_german_prepositions_pronouns_and_verbs_of_several_tell_who_does_not_speak(text: str, name: str | None) -> None:
    assert quotes(_DISPUTE + text, "de")[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "name"), [
    ("sv", "Eva Moos teg. När Moos lämnade salen ropade en åhörare: ”Det blir inget av.”", None),
    ("no", "Eva Moe tidde. Om Moe sier man i havnen: «Hun lytter ikke.»", None),
    ("nl", "Eva Moos zweeg. Over Moos zegt men in de haven: “Ze luistert niet.”", None),
    ("da", "Eva Moos spurgte: ”Hvem betaler?” Jan Alm svarede tørt: ”Byen, selvfølgelig.”", "Jan Alm"),
    ("nl", "Jan Alders bleef. De plannen noemde Alders “een daad van willekeur”.", "Jan Alders"),
    ("sv", "Jan Alm stannade. Som ”ren godtycklighet” beskrev Alm planerna.", "Jan Alm"),
    ("de", "Jost Ahlers blieb. Von Ahlers wurde der Damm als „graue Wand“ verspottet.", "Jost Ahlers"),
])  # fmt: skip
def test_germanic_order_tells_who_speaks_and_who_does_not(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


def test_who_said_nearly_all_answers_in_an_interview_with_others_named_in_it() -> None:
    told = "Mit Ida Holm sprach Jost Roth.\n\n„Ich kam spät an“, sagt Holm. „Es war dunkel“, sagt sie.\n\n"
    asked = "Hattest du Angst vor Nora Berg?\n\n„Nein, davon nicht.“"
    assert quotes(told + asked, "de")[-1].speaker.name == "Ida Holm"


@pytest.mark.parametrize(("language", "text", "name"), [
    ("da", "Havneforeningen Snekken er vred. »Vi har ventet længe,« skriver foreningen.", "Havneforeningen Snekken"),
    ("da", "Havneforeningen Snekken er vred. »Vi har ventet længe,« skriver en forening.", None),
    ("pl", "Fundacja Zielony Most zebrała podpisy. „To skandal” — napisała fundacja.", "Fundacja Zielony Most"),
    ("zh", "云塘市公交集团称“没有钱了”。集团表示：“以后再说。”", "云塘市公交集团"),
    ("ru", "«Проект законен», — сообщила прокуратура Ярска.", "прокуратура Ярска"),
    ("cs", "„Projekt je v pořádku,“ sdělil magistrát Vltavína.", "magistrát Vltavína"),
    ("sr", "„Пројекат је законит“, одговара скупштина Брестовграда.", "скупштина Брестовграда"),
    ("hr", "Lučka uprava Brižine, koja ima nadležnost, poručuje da je „otvorena za razgovor“.", None),
    ("ko", "새여울지법은 “변명으로 피해를 키웠다”고 판시했다.", "새여울지법"),
])  # fmt: skip
def test_a_body_is_meant_by_its_noun_and_named_with_its_place(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "name"), [
    ("zh", "72岁的陈桂枝把袋子放下。“我怕黑，”她说。", "陈桂枝"),
    ("zh", "金谷队教练邵磊输球不输嘴。“草皮赢了，”他说。", "邵磊"),
    ("zh", "华南队教练说：“会赢的。”", None),
    ("ja", "会社員の山田梓さん（３４）が来た。「怒って、泣きました」と梓さんは話す。", "山田梓"),
    ("ja", "田中梓さんと山本梓さんが来た。「怒って、泣きました」と梓さんは話す。", "梓"),
])  # fmt: skip
def test_without_case_an_age_a_team_and_a_given_name_of_one_sign(language: str, text: str, name: str | None) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text", "name"), [
    ("sr", "Миленко Ковач подиже кишобран.\n\n– Стојим овде – каже повртар.\n\nДушан Ковач ћути.", "Миленко Ковач"),
    ("cs", "Kašnu chce starosta Ota Brdička.\n\n„Opraví ji město,“ tvrdí Brdička.", "Ota Brdička"),
    ("ru", "Акробатку Сару Келлер прозвали «Пауком».\n\n«Я поймала его», — смеётся Келлер.", "Сара Келлер"),
    ("ru", "Людмила Сухова ведёт тетрадь.\n\n— Они идут на звук, — объясняет хранительница.", "Людмила Сухова"),
    ("sr", "Адвокатица осумњиченог, Ана Арсић, каже да је невин. „Крао их је“, тврди адвокатица.", "Ана Арсић"),
])  # fmt: skip
def test_names_of_families_and_women_s_trades_in_slavic(language: str, text: str, name: str) -> None:
    assert quotes(text, language)[-1].speaker.name == name


def test_a_name_that_is_only_governed_is_less_sure() -> None:
    (quote,) = quotes("Podle starosty Rafky Brdičky je kašna „cenná památka“.", "cs")
    assert quote.speaker.confidence is not None and quote.speaker.confidence < 0.9


@pytest.mark.parametrize(("language", "text"), [
    ("hr", "Tužiteljica Marta Marić pročitala je njegovu poruku: »Sutra više neće biti sjene.«"),
    ("pl", "Prokurator Marta Lis odczytała jego wiadomość: „Jutro nie będzie już cienia”."),
    ("uk", "Прокурорка Марта Лісова зачитала його повідомлення: «Завтра вже не буде тіні»."),
    ("sv", "Åklagare Marta Holm läste upp hans meddelande: ”I morgon finns ingen skugga.”"),
    ("fi", "Syyttäjä Marta Laine luki hänen viestinsä: ”Huomenna ei ole enää varjoa.”"),
    ("sr", "„Не“, рекао је Иван Косић. Из клупе зачуо се смех, а затим и порука: „Умотајте и управу!“"),
    ("uk", "«Ні», — сказав Іван Косів. Із зали пролунав голос: «Обгорніть і мерію!»"),
    ("da", "»Nej,« sagde Jens Holm. Nede fra salen lød det: »Pak også rådhuset ind!«"),
])  # fmt: skip
def test_what_is_another_s_or_a_voice_s_is_not_whoever_was_named(language: str, text: str) -> None:
    assert quotes(text, language)[-1].speaker.name is None


def test_whoever_reads_a_statement_of_their_own_is_named() -> None:
    (quote,) = quotes("Prokurator Marta Lis odczytała swoje oświadczenie: „Jutro nie będzie już cienia”.", "pl")
    assert quote.speaker.name == "Marta Lis"


def test_a_family_name_that_is_a_noun_too_before_a_title() -> None:
    told = "도민재 소장은 떠났다. 곽병철 씨는 연락이 닿지 않았다. 도 소장은 소문을 부인했다. "
    assert quotes(told + "그는 “벌써 그만뒀을 것”이라고 했다.", "ko")[-1].speaker.name == "도민재"


@pytest.mark.parametrize(("language", "text", "represented"), [
    ("pl", "Anna Moos czeka. „To już koniec” – napisał przyjaciel Moos.", "Anna Moos"),
    ("ru", "Анна Моос ждёт. «Это уже конец», — написал друг Моос.", "Анна Моос"),
    ("cs", "Anna Moos čeká. „To už je konec,“ napsal přítel Moos.", "Anna Moos"),
    ("pl", "Jan Kowal czeka. „To już koniec” – mówi sąsiad Jana Kowala.", None),
    ("ru", "Иван Косов ждёт. «Это уже конец», — говорит сосед Ивана Косова.", None),
    ("fi", "Mika Aho odottaa. ”Se on nyt loppu”, sanovat Ahon arvostelijat.", None),
])  # fmt: skip
def test_whoever_is_somebody_s_is_not_them(language: str, text: str, represented: str | None) -> None:
    said = quotes(text, language)[-1].speaker
    assert (said.name, said.represents) == (None, represented)


def test_a_surname_behind_its_own_office_is_whose_it_is() -> None:
    text = "Adwokatka Anna Moos czeka. „To już koniec” – napisała adwokatka Moos."
    assert quotes(text, "pl")[-1].speaker.name == "Anna Moos"


@pytest.mark.parametrize(("language", "text"), [
    ("da", "»Hvornår kom du så hjem?« spurgte anklager Marta Holm. »Klokken to om natten.«"),
    ("pl", "„Kiedy wrócił pan do domu?” – spytała Marta Lis. „Dopiero o drugiej”."),
    ("en", "“When did you come home?” Marta Holm asked. “At two in the morning.”"),
])  # fmt: skip
def test_words_behind_a_question_may_be_the_answer(language: str, text: str) -> None:
    sure = quotes(text, language)[-1].speaker.confidence
    assert sure is not None and sure < 0.9


def test_a_short_noun_for_a_body_is_no_other_body_that_begins_like_it() -> None:
    text = "시공사는 “문제없다”고 밝혔다. 시는 “예산을 투입할 근거가 없다”고 했다."
    assert quotes(text, "ko")[-1].speaker.name is None


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


@pytest.mark.parametrize("text", [
    "María Paz cerró la puerta. «Ya basta», dijo.\n\nLa tarde cayó.\n\nLlovía.\n\n"
    "Una vecina lo ve con más calma. «Ya pasará», reflexiona.",
    "Mary Holt shut the door. “Enough,” she said.\n\nThe rain came.\n\nIt was cold.\n\n"
    "A neighbour took it calmly. “It will pass,” she said.",
])  # fmt: skip
def test_a_pronoun_far_from_a_name_does_not_name_somebody_newer(text: str) -> None:
    assert quotes(text, "es" if "María" in text else "en")[-1].speaker.name is None


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Mary Holt met Ruth Dane at the station. “The train is late today,” she said."),
    ("cs", "Marie Holtová potkala na nádraží Rut Daneovou. „Vlak má dnes zpoždění,“ řekla."),
])  # fmt: skip
def test_a_pronoun_that_two_may_be_meant_by_is_less_sure(language: str, text: str) -> None:
    sure = quotes(text, language)[-1].speaker.confidence
    assert sure is not None and sure < 0.9


@pytest.mark.parametrize(("language", "text"), [
    ("fi", "”Talo on kylmä”, sanoo Anna Moosin naapuri."),
    ("ro", "Potrivit medicului Evei Lungu, „ce e mai rău a trecut”."),
    ("sr", "Brat Pavla Harta, pekar, rekao je sudu: „Te noći nije došao kući.“"),
    ("ru", "Книга о Павле Харте начинается словами: «Никто не знал, где он родился»."),
    ("es", "En la carta que recibió María Holgado ponía: «Debe abandonar la casa.»"),
    ("fr", "Eva Lind a été reçue par le maire avec ces mots : « Enfin vous voilà. »"),
    ("no", "Eva Lind husker hvordan moren hennes alltid sa: «Stol aldri på en ferjemann.»"),
    ("da", "Foran Eva Linds hus råbte mængden: »Giv os vores penge tilbage!«"),
    ("tr", "Pınar Hartı'ya yönelik eleştiri sertti: “Para israfı.”"),
    ("ko", "김미영 씨가 받은 편지에는 “집을 떠나야 한다”고 적혀 있었다."),
])  # fmt: skip
def test_a_name_in_another_phrase_or_clause_does_not_speak(language: str, text: str) -> None:
    assert quotes(text, language)[-1].speaker.name is None


@pytest.mark.parametrize(("language", "text"), [
    ("hr", "„U kući je hladno”, kaže susjeda Ane Moos."),
    ("fi", "Eeva Lindin mukaan ”pahin on ohi”."),
    ("en", "The man Mary Holt married says: “She never slept.”"),
    ("de", "„Es war die Hölle“, erzählte ein Überlebender Maria Holt von der Post."),
    ("da", "Kritikken af Paul Hart var skarp: »Et spild af penge.«"),
    ("de", "Maria Holt öffnete die Tür. Auf einem Zettel stand: „Wir waren am Mittag hier.“"),
    ("de", "Paul Hart, den die Kritiker „den schlechtesten Sänger des Jahres“ nannten, ging."),
    ("es", "María Holgado se encontró con Rut Díez en la estación. «El tren llega tarde hoy», dijo."),
    ("ja", "林愛子さんは母がいつも「船頭を信じるな」と言っていたのを覚えている。"),
])  # fmt: skip
def test_a_name_that_may_complete_another_noun_is_less_sure(language: str, text: str) -> None:
    sure = quotes(text, language)[-1].speaker.confidence
    assert sure is not None and sure < 0.9


@pytest.mark.parametrize(("language", "text", "name"), [
    ("es", "En la carta que escribió María Holgado ponía: «Debe abandonar la casa.»", "María Holgado"),
    ("en", "The letter that Mary Holt wrote said: “You must leave the house.”", "Mary Holt"),
    ("hu", "„A ház hideg” – mondja Moós Anna gazda.", "Moós Anna"),
])  # fmt: skip
def test_a_name_whose_words_they_are_is_named(language: str, text: str, name: str) -> None:
    assert quotes(text, language)[-1].speaker.name == name


@pytest.mark.parametrize(("language", "text"), [
    ("es", "Ruth Díez acusó al alcalde. Este replicó: «Es mentira.»"),
    ("es", "A Ruth Díez le escribió: «Lo siento todo.»"),
    ("da", "Paul Hart blev af et vidne beskrevet som »rolig og meget høflig«."),
    ("ro", "În spatele Rodicăi Dan, o femeie șoptea: „Asta se va termina rău.”"),
    ("ru", "Коллеги Руфины Дейн говорят: «Она всегда была первой в офисе»."),
    ("id", "Kepada Ruth Danu dia menulis: “Saya menyesali semuanya.”"),
    ("fi", "Paavo Hartin vaimo nauraa. ”Hän ei koskaan kokkaa”, hän sanoo."),
    ("ko", "이준호 씨는 패소했다. “실망스럽다”고 그의 변호사는 판결 후 말했다."),
    ("sv", "”Såg ni honom?” frågade en reporter Paul Hart."),
    ("en", "Mary Holt's book quotes a soldier as saying: “We had no bread.”"),
    ("ko", "군청 안팎에서는 군수가 회의에서 ‘촛불도 낭만 있다’고 말했다는 소문이 돌았다."),
])  # fmt: skip
def test_who_hears_or_is_led_to_does_not_speak(language: str, text: str) -> None:
    assert all(quote.speaker.name is None for quote in quotes(text, language))


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


_SHOP = {
    "en": "The mayor, Paul Hart, disagrees. “It is the heart,” he said. “We signed it,” the former mayor recalled.",
    "nl": "De burgemeester, Paul Hart, zegt nee. „Hij is mooi”, zegt hij. „Ja”, zegt de vroegere burgemeester.",
    "pl": "Wójt Paweł Hart się nie zgadza. „To serce wsi” – mówi. „Podpisaliśmy” – wspomina były wójt.",
    "ru": "Глава деревни Павел Харт не согласен. «Это сердце», — говорит он. «Да», — вспоминает бывший глава.",
    "fi": "Pormestari Paavo Hart on eri mieltä. ”Se on sydän”, hän sanoo. ”Niin”, entinen pormestari muistelee.",
}


@pytest.mark.parametrize("language", sorted(_SHOP))
def test_who_was_something_is_not_who_is(language: str) -> None:
    assert quotes(_SHOP[language], language)[-1].speaker.name is None


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Former mayor Paul Hart is back. “I missed it,” the former mayor said."),
    ("pl", "Były wójt Paul Hart wrócił. „Brakowało mi tego” – mówi były wójt."),
])  # fmt: skip
def test_who_is_introduced_as_what_they_were_is_meant_by_it(language: str, text: str) -> None:
    assert quotes(text, language)[-1].speaker.name == "Paul Hart"


@pytest.mark.parametrize("text", [
    "송영길 의원은 “그때는 맞다”고 했다. 김 전 총리도 전날 “후보들이 의견을 존중해온 것이 전통”이라고 했다.",
    "하지만 한 친청계 최고위원은 “중재안이 아니다”고 했다.",
])  # fmt: skip
def test_a_noun_that_is_marked_as_subject_in_korean_speaks(text: str) -> None:
    assert quotes(text, "ko")[-1].speaker.name is None
