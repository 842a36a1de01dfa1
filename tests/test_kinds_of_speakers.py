"""Who speaks, where the sentence is built so that somebody named before would be taken for the speaker."""

from __future__ import annotations

import pytest

from archiver.quotes import find_quotes
from archiver.records import Polarity, Quote
from tests.gold import article_of


def last_quote(text: str, language: str) -> Quote:
    return find_quotes(article_of("A headline\n\n" + text, language=language, published="2026-11-10"))[-1]


MAYOR = {
    "pt": "O prefeito Luís Prado visitou o porto. “Tudo em ordem”, disse.\n\n",
    "es": "El alcalde Luis Prado visitó el puerto. «Todo en orden», dijo.\n\n",
    "it": "Il sindaco Luca Prati ha visitato il porto. «Tutto in ordine», ha detto.\n\n",
    "el": "Ο δήμαρχος Νίκος Παππάς επισκέφθηκε το λιμάνι. «Όλα εντάξει», είπε.\n\n",
    "hu": "Kiss Péter polgármester meglátogatta a kikötőt. „Minden rendben” – mondta.\n\n",
}


@pytest.mark.parametrize(("language", "text"), [
    ("pt", "Um homem que esperava, e que não quis dar o nome, completou: “A ponte caiu.”"),
    ("es", "Una vecina que pasaba, y que no quiso dar su nombre, añadió: «Lo dice cada año»."),
    ("it", "Un pensionato che aspettava, e che non ha voluto dire il nome, aggiunge: «Lo dice ogni anno»."),
    ("el", "Μια κάτοικος που περνούσε, και που δεν θέλησε να πει το όνομά της, πρόσθεσε: «Το λέει συχνά»."),
    ("hu", "Egy nyugdíjas, aki a buszra várt, és nem akarta megadni a nevét, hozzátette: „Ezt mondja.”"),
])  # fmt: skip
def test_clauses_between_a_newcomer_and_the_verb_do_not_leave_it_to_the_speaker_before(
    language: str, text: str
) -> None:
    quote = last_quote(MAYOR[language] + text, language)
    assert (quote.speaker.name, quote.polarity) == (None, Polarity.ASSERTED)
    assert quote.speaker.printed


@pytest.mark.parametrize(("language", "text", "name"), [
    ("nl", "Jan de Vries kwam langs. “Ik ga naar huis”, zei De Vries.", "Jan de Vries"),
    ("nl", "**09.40** De Veiligheidsregio Zuidwold meldt: „Voer het dier niet.”", "Veiligheidsregio Zuidwold"),
    ("it", "10.30 Il sindaco Luca Prati dice: «No».", "Luca Prati"),
    ("es", "La asociación de vecinos de Lavapiés tachó el gasto de «obsceno».", "asociación de vecinos de Lavapiés"),
    ("it", "L’associazione Amici del Lago parla di «scempio annunciato».", "associazione Amici del Lago"),
    ("fr", "Le collectif Eau libre, qui rassemble 210 adhérents, dénonce « une nostalgie ».", "Eau libre"),
    ("el", "Ο Ναυτικός Όμιλος Κορφοβουνίου έκανε λόγο για «ολιγωρία».", "Ναυτικός Όμιλος Κορφοβουνίου"),
    ("el", "Ο Σύλλογος Φίλων του Φάρου έκανε λόγο για «ξεπούλημα με θέα».", "Σύλλογος Φίλων του Φάρου"),
    ("ro", "Liga Studenților din Iași susține: „Bursele sunt prea mici”.", "Liga Studenților din Iași"),
    ("ro", "Asociația Pescarilor din Deltă spune: „Apa scade”.", "Asociația Pescarilor din Deltă"),
    ("id", "Paguyuban Pedagang Randu marah. Dalam surat, paguyuban menilai itu “buruk”.", "Paguyuban Pedagang Randu"),
    ("tr", "Türkiye Ziraat Odaları Birliği tepki gösterdi: “Çiftçi bitti.”", "Türkiye Ziraat Odaları Birliği"),
    ("tr", "Kasabadaki Esnaf Odası yazılı açıklamasında “Su yok” dedi.", "Esnaf Odası"),
    ("tr", "Taşlı Koruma Derneği dava açtı. Dernek, projeyi “bir inat” olarak niteledi.", "Taşlı Koruma Derneği"),
    ("ca", "La Maria Puig va guanyar. «No veia res», va confessar en acabat.", "Maria Puig"),
    ("ca", "«No veia res», va dir en Pere Soler.", "Pere Soler"),
])  # fmt: skip
def test_a_name_is_as_long_as_it_is_printed(language: str, text: str, name: str) -> None:
    assert last_quote(text, language).speaker.name == name


def test_the_spokesman_of_a_body_in_hungarian_is_not_the_body() -> None:
    quote = last_quote("A Tiszai Társaság hallgat. A társaság szóvivője azt mondta: „Nem kommentáljuk.”", "hu")
    assert (quote.speaker.name, quote.speaker.represents) == (None, "Tiszai Társaság")


@pytest.mark.parametrize(("language", "text"), [
    ("it", "Nora Bassi: «Il mare non aspetta»\n\nOra esce il suo libro.\n\n– Chi le ha insegnato?\n\n– Mio padre.\n\n"
     "– E la prima barca?\n\n– Affondò.\n\nIl sindaco Ugo Ferri le ha dato le chiavi."),
    ("el", "Nora Bassi: «Η θάλασσα δεν περιμένει»\n\nΤο βιβλίο βγήκε.\n\n— Ποιος σας έμαθε;\n\n— Ο πατέρας μου.\n\n"
     "— Και η πρώτη βάρκα;\n\n— Βούλιαξε.\n\nΟ εκδότης Νίκος Παππάς τύπωσε εκατό."),
    ("id", "Nora Bassi: “Laut Tidak Pernah Menunggu Siapa Pun”\n\nBukunya terbit.\n\nTanya: Siapa yang mengajari?\n\n"
     "Jawab: Bapak.\n\nTanya: Perahu pertama?\n\nJawab: Tenggelam.\n\nPenulis Fadli Hasan tinggal di sana."),
    ("es", "Nora Bassi: «El mar no espera»\n\nSale su libro.\n\nPregunta. ¿Quién le enseñó?\n\nRespuesta. Mi padre.\n\n"
     "P. ¿Y la primera barca?\n\nR. Se hundió.\n\nEl alcalde Luis Prado le dio una medalla."),
])  # fmt: skip
def test_in_an_interview_the_headline_tells_who_answers(language: str, text: str) -> None:
    answers = [q for q in find_quotes(article_of(text, language=language, published="2026-11-10")) if q.speaker.name]
    assert [q.speaker.name for q in answers] == ["Nora Bassi"] * 3


def test_whom_only_the_end_of_an_interview_names_does_not_answer() -> None:
    text = "« La mer attend »\n\nElle navigue.\n\n– Qui ?\n\n– Mon père.\n\n– Et là ?\n\n– Rien.\n\nLuc Prat la salue."
    assert not any(q.speaker.name for q in find_quotes(article_of(text, language="fr", published="2026-11-10")))


@pytest.mark.parametrize(("language", "text"), [
    ("it", "La regista Eva Monti è soddisfatta. Del suo rivale, Ugo Neri, dice soltanto: «Scrive bene»."),
    ("es", "La directora Eva Monti está satisfecha. De su rival, Hugo Neira, prefiere no hablar: «Escribe bien»."),
    ("ca", "La directora Eva Monti està contenta. Del rival, Hug Neira, prefereix no parlar-ne: «Escriu bé»."),
    ("ro", "Regizoarea Eva Monti e mulțumită. Despre rivalul ei, Tudor Neagu, spune doar atât: „Scrie bine.”"),
    ("hu", "Eva Monti elégedett. Riválisáról, Kiss Hugóról csak ennyit mond: „Jól ír.”"),
])  # fmt: skip
def test_of_whom_somebody_speaks_does_not_speak(language: str, text: str) -> None:
    assert last_quote(text, language).speaker.name == "Eva Monti"


@pytest.mark.parametrize(("language", "text"), [
    ("es", "El alcalde Andrés Mora viaja. Su antecesor, Iván Duque, calla. «No ganamos», comenta el antiguo alcalde."),
    ("it", "Il sindaco Andrea Mori viaggia. Il predecessore, Iván Duque, tace. «Peccato», commenta l'ex sindaco."),
    ("fr", "Le maire André Mory voyage. Son prédécesseur, Iván Duque, rit. « Dommage », commente l'ancien maire."),
    ("el", "Ο δήμαρχος Ανδρέας Μόρας ταξιδεύει. Ο προκάτοχός του, Iván Duque, γελά. «Κρίμα», λέει ο πρώην δήμαρχος."),
])  # fmt: skip
def test_the_former_mayor_is_not_the_mayor(language: str, text: str) -> None:
    assert last_quote(text, language).speaker.name == "Iván Duque"


def test_a_noun_means_who_is_in_view_rather_than_somebody_named_only_later() -> None:
    text = (
        "Dat lampje is van Jurre Kamstra.\n\n„Ik vaar op de bel”, zegt de schipper, 52 jaar.\n\n"
        "Zijn zus Anneke Kamstra, schipper van de andere pont, vaart niet meer."
    )
    assert last_quote(text, "nl").speaker.name == "Jurre Kamstra"


def test_a_first_name_that_no_list_has_parts_relatives() -> None:
    text = "Sulastri Wignyo marah. Darto Wignyo, keponakan Sulastri, justru untung. “Omzet saya naik,” tuturnya."
    assert last_quote(text, "id").speaker.name == "Darto Wignyo"


@pytest.mark.parametrize(("language", "text"), [
    ("pt", "Adalberto Camargo falou à polícia.\n\nA merendeira segura o bolo. “É para a minha neta”, explica."),
    ("ro", "Adalbert Câmpeanu a vorbit.\n\nBucătăreasa ține tortul. „E pentru nepoata mea”, explică."),
    ("el", "Ο Ανδρέας Κάμπος κατέθεσε.\n\nΗ μαγείρισσα κρατά την τούρτα. «Είναι για την εγγονή μου», εξηγεί."),
    ("id", "Adalberto Siregar diperiksa.\n\nJuru masak itu memegang kue. “Ini untuk cucu saya,” jelasnya."),
])  # fmt: skip
def test_a_subject_that_is_left_out_is_the_noun_of_the_sentence_before(language: str, text: str) -> None:
    assert last_quote(text, language).speaker.name is None


def test_a_noun_that_no_pack_has_leaves_the_subject_that_is_left_out_unsure() -> None:
    text = "Adalberto Camargo falou à polícia.\n\nA xarrasqueira segura o bolo. “É para a minha neta”, explica."
    assert (last_quote(text, "pt").speaker.confidence or 0) <= 0.85


def test_what_a_headline_opens_with_may_be_a_place() -> None:
    text = (
        "Granville : au port, le feu s’est éteint « comme une bougie »\n\nLe club de Granville attend. Granville dort."
    )
    quotes = find_quotes(article_of(text, language="fr", published="2026-11-10"))
    assert all((q.speaker.confidence or 0) <= 0.85 for q in quotes if q.speaker.name)


@pytest.mark.parametrize(("language", "text", "name"), [
    ("es", "El director Raúl Paz calló cuando la ministra Ana Ríos aseguraba: «No hay dinero».", "Ana Ríos"),
    ("it", "Il direttore Raul Pace taceva mentre la ministra Ana Rossi assicurava: «Non c'è denaro».", "Ana Rossi"),
    ("id", "Kepala Dinas Perdagangan Kota Jatiraga Bambang Harsoyo membantah. “Ini soal kabel,” tegas Bambang.",
     "Bambang Harsoyo"),
])  # fmt: skip
def test_the_clause_with_the_verb_and_the_name_behind_an_office_tell_who(language: str, text: str, name: str) -> None:
    assert last_quote(text, language).speaker.name == name


def test_whom_a_clause_before_is_about_may_not_be_who_answers() -> None:
    quote = last_quote("Quando o director Rui Paz garantia que havia dinheiro, respondeu: “Não há.”", "pt")
    assert (quote.speaker.confidence or 0) <= 0.85
