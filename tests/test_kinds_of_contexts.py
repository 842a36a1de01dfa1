"""Kinds of fault: who said it, by the sentences around."""

from __future__ import annotations

import pytest

from tests.test_kinds import quotes

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
