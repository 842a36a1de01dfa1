"""The written forms of verbs, for the lists of a language pack: `python -m training.forms fr annoncer rappeler dire`.

A pack holds every form and nothing is inflected at run time; this says what the forms of a regular verb are in English,
French, Spanish, Italian and Portuguese, as far as the third person needs them: infinitive, present, past, future,
conditional, participles. A verb with a changing stem is given with it: `contar:cuent`, `pedir:pid:pid` (present, past).
What is irregular beyond that stands in `IRREGULAR`, or is written into the pack by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

_VOWELS = "aeiou"
# English verbs of more than one syllable that are stressed on the last one, so that it doubles its consonant.
_END_STRESSED = "admit rebut concur confer infer refer defer prefer demur submit commit permit regret recap rebel aver abet deadpan begin extol"

IRREGULAR: dict[str, dict[str, str]] = {
    "en": {
        "say": "said", "tell": "told", "write": "wrote written", "think": "thought", "swear": "swore sworn",
        "speak": "spoke spoken", "read": "", "put": "", "foresee": "foresaw foreseen", "know": "knew known",
        "sing": "sang sung", "retell": "retold", "understand": "understood", "find": "found", "begin": "began begun",
        "feel": "felt", "weep": "wept", "beseech": "besought beseeched", "cast": "", "lash": "lashed",
        "forecast": "", "overstate": "overstated", "break": "broke broken", "burst": "", "go": "went gone",
        "hold": "held", "make": "made", "give": "gave given", "take": "took taken", "see": "saw seen",
        "hear": "heard", "send": "sent", "shoot": "shot", "snap": "snapped", "spell": "spelled spelt",
        "mean": "meant", "spring": "sprang sprung", "sum": "summed", "shut": "", "let": "", "bet": "",
    },
    "fr": {
        "dire": "dit disent disait disaient dirent dira diront dirait diraient disant",
        "redire": "redit redisent redisait redira redisant",
        "prédire": "prédit prédisent prédisait prédisaient prédira prédirait prédisant",
        "contredire": "contredit contredisent contredisait contredira contredisant",
        "médire": "médit médisent médisait médisant",
        "maudire": "maudit maudissent maudissait maudissant",
        "écrire": "écrit écrivent écrivait écrivaient écrivit écrivirent écrira écriront écrivant",
        "décrire": "décrit décrivent décrivait décrivaient décrivit décrira décrivant",
        "répondre": "répond répondent répondait répondaient répondit répondirent répondra répondrait répondant répondu",
        "prétendre": "prétend prétendent prétendait prétendaient prétendit prétendra prétendant prétendu",
        "défendre": "défend défendent défendait défendaient défendit défendra défendant défendu défendue",
        "entendre": "entend entendent entendait entendit entendra entendant entendu",
        "apprendre": "apprend apprennent apprenait apprit apprendra apprenant appris",
        "comprendre": "comprend comprennent comprenait comprit comprendra comprenant compris",
        "reprendre": "reprend reprennent reprenait reprit reprirent reprendra reprenant repris",
        "surprendre": "surprend surprennent surprenait surprit surprendra surprenant surpris",
        "promettre": "promet promettent promettait promettaient promit promirent promettra promettrait promettant promis",
        "admettre": "admet admettent admettait admettaient admit admirent admettra admettant admis",
        "émettre": "émet émettent émettait émit émettra émettant émis",
        "convenir": "convient conviennent convenait convint conviendra convenant convenu convenue",
        "prévenir": "prévient préviennent prévenait prévint préviendra prévenant prévenu prévenue",
        "soutenir": "soutient soutiennent soutenait soutenaient soutint soutinrent soutiendra soutenant soutenu soutenue",
        "maintenir": "maintient maintiennent maintenait maintint maintiendra maintenant maintenu maintenue",
        "souvenir": "souvient souviennent souvenait souvint souviendra souvenant souvenu souvenue",
        "intervenir": "intervient interviennent intervenait intervint interviendra intervenant intervenu",
        "reconnaître": "reconnaît reconnait reconnaissent reconnaissait reconnaissaient reconnut reconnurent reconnaîtra "
                       "reconnaissant reconnu reconnue",
        "croire": "croit croient croyait croyaient crut croira croyant cru",
        "savoir": "sait savent savait savaient sut saura sachant su",
        "voir": "voit voient voyait voyaient vit verra voyant vu",
        "prévoir": "prévoit prévoient prévoyait prévit prévoira prévoyant prévu",
        "vouloir": "veut veulent voulait voulaient voulut voudra voudrait voulant voulu",
        "devoir": "doit doivent devait devaient dut devra devrait dû",
        "lire": "lit lisent lisait lisaient lut lira lisant lu",
        "rire": "rit rient riait riaient rirent rira riant ri",
        "sourire": "sourit sourient souriait souriaient sourira souriant souri",
        "conclure": "conclut concluent concluait concluaient conclurent conclura concluant conclu conclue",
        "craindre": "craint craignent craignait craignaient craignit craindra craignant crainte",
        "plaindre": "plaint plaignent plaignait plaignaient plaignit plaindra plaignant plainte",
        "poursuivre": "poursuit poursuivent poursuivait poursuivit poursuivra poursuivant poursuivi poursuivie",
        "faire": "fait font faisait faisaient fit firent fera feront ferait faisant faite",
        "attendre": "attend attendent attendait attendit attendra attendant attendu",
        "instruire": "instruit instruisent instruisait instruisit instruira instruisant instruite",
        "traduire": "traduit traduisent traduisait traduisit traduira traduisant traduite",
        "démentir": "dément démentent démentait démentaient démentit démentirent démentira démentirait démentant démenti "
                    "démentie démentis démenties",
        "mentir": "ment mentent mentait mentit mentira mentant menti",
        "offrir": "offre offrent offrait offrit offrira offrant offert offerte",
        "découvrir": "découvre découvrent découvrait découvrit découvrira découvrant découvert",
        "ressentir": "ressent ressentent ressentait ressentit ressentira ressentant ressenti",
    },
    "es": {
        "decir": "dice dicen decía decían dijo dijeron dirá dirán diría dirían diciendo dicho dicha",
        "predecir": "predice predicen predecía predijo predijeron predecirá prediciendo predicho",
        "contradecir": "contradice contradicen contradijo contradijeron contradiciendo",
        "desdecir": "desdice desdijo desdiciendo", "maldecir": "maldice maldijo maldiciendo",
        "bendecir": "bendice bendijo bendiciendo",
        "exponer": "expone exponen exponía exponían expuso expusieron expondrá exponiendo expuesto expuesta",
        "proponer": "propone proponen proponía proponían propuso propusieron propondrá propondría proponiendo propuesto",
        "suponer": "supone suponen suponía suponían supuso supusieron supondrá suponiendo supuesto",
        "reponer": "repone reponía repuso repusieron reponiendo",
        "anteponer": "antepone antepuso", "oponer": "opone oponen oponía opuso opusieron oponiendo opuesto",
        "sostener": "sostiene sostienen sostenía sostenían sostuvo sostuvieron sostendrá sostendría sosteniendo sostenido",
        "mantener": "mantiene mantienen mantenía mantenían mantuvo mantuvieron mantendrá manteniendo mantenido",
        "saber": "sabe saben sabía sabían supo supieron sabrá sabiendo sabido",
        "querer": "quiere quieren quería querían quiso quisieron querrá queriendo querido",
        "hacer": "hace hacen hacía hacían hizo hicieron hará haciendo hecho hecha",
        "prever": "prevé prevén preveía preveían previó previeron preverá previendo previsto",
        "ver": "ve ven veía veían vio vieron verá viendo visto", "reír": "ríe ríen reía reían rio rió rieron reirá riendo",
        "sonreír": "sonríe sonríen sonreía sonreían sonrió sonrieron sonreirá sonriendo sonreído",
        "aducir": "aduce aducen aducía adujo adujeron aducirá aduciendo aducido",
        "deducir": "deduce deducen dedujo dedujeron deduciendo", "traducir": "traduce tradujo traduciendo",
        "intervenir": "interviene intervienen intervino intervinieron interviniendo intervenido",
        "convenir": "conviene convienen convenía convino convinieron conviniendo convenido",
        "prevenir": "previene previenen prevenía previno previnieron previniendo prevenido",
        "leer": "lee leen leía leían leyó leyeron leerá leyendo leído leída",
        "creer": "cree creen creía creían creyó creyeron creerá creería creyendo creído",
        "concluir": "concluye concluyen concluía concluían concluyó concluyeron concluirá concluyendo concluido",
        "atribuir": "atribuye atribuyen atribuía atribuyó atribuyeron atribuirá atribuyendo atribuido atribuida",
        "argüir": "arguye arguyen argüía arguyó arguyeron arguyendo argüido",
        "instruir": "instruye instruyen instruyó instruyeron instruyendo instruido",
        "oír": "oye oyen oía oyó oyeron oyendo oído", "dar": "da dan daba dio dieron dará dando dado",
        "escribir": "escribe escriben escribía escribían escribió escribieron escribirá escribiría escribiendo escrito "
                    "escrita escritas escritos",
        "describir": "describe describen describía describían describió describieron describirá describiendo descrito "
                     "descrita descritas descritos",
    },
    "it": {
        "dire": "dice dicono diceva dicevano disse dissero dirà diranno direbbe direbbero dicendo detto detta detti dette",
        "ridire": "ridice ridisse", "predire": "predice predicono prediceva predisse predicendo predetto",
        "contraddire": "contraddice contraddicono contraddisse contraddicendo contraddetto",
        "maledire": "maledice malediceva maledisse maledicendo maledetto",
        "scrivere": "scrive scrivono scriveva scrivevano scrisse scrissero scriverà scriverebbe scrivendo scritto scritta "
                    "scritti scritte",
        "descrivere": "descrive descrivono descriveva descrivevano descrisse descrissero descriverà descrivendo descritto "
                      "descritta",
        "rispondere": "risponde rispondono rispondeva rispondevano rispose risposero risponderà risponderebbe rispondendo "
                      "risposto",
        "chiedere": "chiede chiedono chiedeva chiedevano chiese chiesero chiederà chiederebbe chiedendo chiesto chiesta",
        "concludere": "conclude concludono concludeva concludevano concluse conclusero concluderà concludendo concluso",
        "aggiungere": "aggiunge aggiungono aggiungeva aggiungevano aggiunse aggiunsero aggiungerà aggiungendo aggiunto",
        "ammettere": "ammette ammettono ammetteva ammettevano ammise ammisero ammetterà ammettendo ammesso",
        "promettere": "promette promettono prometteva promettevano promise promisero prometterà promettendo promesso",
        "scommettere": "scommette scommettono scommetteva scommise scommetterà scommettendo scommesso",
        "premettere": "premette premettono premetteva premise premisero premettendo premesso",
        "smettere": "smette smise smettendo smesso", "permettere": "permette permise permettendo permesso",
        "trasmettere": "trasmette trasmise trasmettendo trasmesso",
        "sostenere": "sostiene sostengono sosteneva sostenevano sostenne sostennero sosterrà sosterrebbe sostenendo "
                     "sostenuto sostenuta",
        "ritenere": "ritiene ritengono riteneva ritenevano ritenne ritennero riterrà ritenendo ritenuto",
        "mantenere": "mantiene mantenne mantenendo mantenuto",
        "esporre": "espone espongono esponeva espose esposero esporrà esponendo esposto",
        "proporre": "propone propongono proponeva propose proposero proporrà proponendo proposto",
        "supporre": "suppone suppongono supponeva suppose supporrà supponendo supposto",
        "opporre": "oppone oppose opponendo opposto",
        "ribattere": "ribatte ribattono ribatteva ribattevano ribatté ribatterono ribatterà ribattendo ribattuto",
        "temere": "teme temono temeva temevano temette temé temerono temerà temendo temuto",
        "credere": "crede credono credeva credevano credette credettero crederà credendo creduto",
        "prevedere": "prevede prevedono prevedeva previde previdero prevedrà prevedendo previsto",
        "vedere": "vede vedono vedeva vide videro vedrà vedendo visto",
        "difendere": "difende difendono difendeva difese difesero difenderà difendendo difeso difesa",
        "esprimere": "esprime esprimono esprimeva espresse espressero esprimerà esprimendo espresso espressa",
        "piangere": "piange piangono piangeva pianse piansero piangerà piangendo pianto",
        "ridere": "ride ridono rideva ridevano rise risero riderà ridendo riso",
        "sorridere": "sorride sorridono sorrideva sorridevano sorrise sorrisero sorriderà sorridendo sorriso",
        "leggere": "legge leggono leggeva lesse lessero leggerà leggendo letto letta",
        "decidere": "decide decidono decideva decise decisero deciderà decidendo deciso",
        "precisare": "", "eccepire": "", "convenire": "conviene convengono conveniva convenne convennero convenendo convenuto",
        "intervenire": "interviene intervengono interveniva intervenne intervennero intervenendo intervenuto intervenuta",
        "rivolgere": "rivolge rivolgono rivolgeva rivolse rivolsero rivolgendo rivolto rivolta",
        "fare": "fa fanno faceva facevano fece fecero farà facendo fatto",
        "sapere": "sa sanno sapeva sapevano seppe seppero saprà sapendo saputo",
        "dedurre": "deduce deducono dedusse deducendo dedotto", "tradurre": "traduce tradusse traducendo tradotto",
        "eludere": "elude eluse eludendo", "alludere": "allude alludono alludeva alluse allusero alludendo alluso",
        "insistere": "insiste insistono insisteva insistevano insistette insistettero insisterà insistendo insistito",
        "riconoscere": "riconosce riconoscono riconosceva riconobbe riconobbero riconoscerà riconoscendo riconosciuto",
        "discutere": "discute discutono discuteva discusse discutendo discusso",
        "riflettere": "riflette riflettono rifletteva rifletté rifletterà riflettendo riflettuto",
        "urlare": "", "correggere": "corregge correggono correggeva corresse corressero correggendo corretto",
        "sottoscrivere": "sottoscrive sottoscrisse sottoscrivendo sottoscritto",
        "offrire": "offre offrono offriva offrì offrirono offrirà offrendo offerto",
        "scoprire": "scopre scoprono scoprì scoprirono scoprendo scoperto",
        "avvertire": "avverte avvertono avvertiva avvertivano avvertì avvertirono avvertirà avvertendo avvertito avvertita",
        "mentire": "mente mentono mentiva mentì mentirono mentirà mentendo mentito",
        "sentire": "sente sentono sentiva sentì sentirono sentirà sentendo sentito",
    },
    "pt": {
        "dizer": "diz dizem dizia diziam disse disseram dirá dirão diria diriam dizendo dito dita",
        "predizer": "prediz predisse predizendo predito", "contradizer": "contradiz contradisse contradizendo",
        "fazer": "faz fazem fazia faziam fez fizeram fará fazendo feito",
        "propor": "propõe propõem propunha propunham propôs propuseram proporá proporia propondo proposto",
        "expor": "expõe expõem expunha expôs expuseram exporá expondo exposto",
        "supor": "supõe supõem supunha supôs supuseram suporá supondo suposto", "contrapor": "contrapõe contrapôs contrapondo",
        "manter": "mantém mantêm mantinha mantinham manteve mantiveram manterá mantendo mantido",
        "sustentar": "", "saber": "sabe sabem sabia sabiam soube souberam saberá sabendo sabido",
        "ver": "vê veem via viam viu viram verá vendo visto", "prever": "prevê preveem previa previu previram prevendo previsto",
        "ler": "lê leem lia liam leu leram lerá lendo lido", "rir": "ri riem ria riam riu riram rirá rindo",
        "sorrir": "sorri sorriem sorria sorriam sorriu sorriram sorrirá sorrindo sorrido",
        "crer": "crê creem cria creu creram crendo", "querer": "quer querem queria queriam quis quiseram querendo querido",
        "intervir": "intervém intervêm intervinha interveio intervieram intervindo",
        "convir": "convém conveio convieram", "concluir": "conclui concluem concluía concluíam concluiu concluíram concluirá "
        "concluindo concluído",
        "atribuir": "atribui atribuem atribuía atribuiu atribuíram atribuindo atribuído", "instruir": "instrui instruiu",
        "pedir": "pede pedem pedia pediam pediu pediram pedirá pedindo pedido", "ouvir": "ouve ouvem ouvia ouviu ouviram ouvindo",
        "escrever": "escreve escrevem escrevia escreviam escreveu escreveram escreverá escrevendo escrito escrita",
        "descrever": "descreve descrevem descrevia descreviam descreveu descreveram descreverá descrevendo descrito "
                     "descrita",
        "despedir": "despede despediu", "referir": "refere referem referia referiam referiu referiram referirá referindo "
        "referido", "sugerir": "sugere sugerem sugeria sugeriu sugeriram sugerirá sugerindo sugerido",
        "desmentir": "desmente desmentem desmentia desmentiu desmentiram desmentirá desmentindo desmentido",
        "mentir": "mente mentem mentia mentiu mentiram mentindo mentido",
        "advertir": "adverte advertem advertia advertiam advertiu advertiram advertirá advertindo advertido",
        "inferir": "infere infere inferiu inferiram inferindo", "repetir": "repete repetem repetia repetiu repetiram "
        "repetirá repetindo repetido", "sentir": "sente sentem sentia sentiu sentiram sentindo sentido",
        "refletir": "reflete refletem refletia refletiu refletiram refletindo refletido",
        "discernir": "", "transmitir": "",
    },
}  # fmt: skip


def forms(language: str, verb: str) -> list[str]:
    """The forms of a verb, its infinitive first; `verb` may carry its changing stems behind colons."""
    infinitive, *stems = verb.split(":")
    told = IRREGULAR[language].get(infinitive)
    if told and language != "en":
        return [infinitive, *told.split()]
    return list(dict.fromkeys([infinitive, *_MAKERS[language](infinitive, stems)]))


def _english(verb: str, _stems: list[str]) -> list[str]:
    third = verb + ("es" if re.search("(s|x|z|ch|sh|o)$", verb) and verb != "echo" else "s")
    if verb == "echo":
        third = "echoes"
    stem, past = verb, verb + "ed"
    if re.search(f"[^{_VOWELS}]y$", verb):
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    elif verb.endswith("ie"):
        stem, past = verb[:-2] + "y", verb + "d"
    elif verb.endswith(("ee", "oe", "ye")):
        past = verb + "d"
    elif verb.endswith("e"):
        stem, past = verb[:-1], verb + "d"
    elif _doubles(verb):
        stem = verb + verb[-1]
        past = stem + "ed"
        third = stem + "es" if verb.endswith("z") else third
    elif verb.endswith("c"):
        stem, past = verb + "k", verb + "ked"
    told = IRREGULAR["en"].get(verb)
    return [third, *([past] if told is None else told.split()), stem + "ing"]


def _doubles(verb: str) -> bool:
    """Whether the last consonant is doubled: one vowel and one consonant at the end of a stressed syllable."""
    if not re.search(f"[^{_VOWELS}][{_VOWELS}][^{_VOWELS}wxy]$|^[{_VOWELS}][^{_VOWELS}wxy]$|qui[^{_VOWELS}wxy]$", verb):
        return False
    return len(re.findall(f"[{_VOWELS}y]+", verb.replace("qu", "q"))) == 1 or verb in _END_STRESSED.split()


def _french(verb: str, stems: list[str]) -> list[str]:
    stem = verb[:-2]
    if verb.endswith("ir"):
        ends = "it issent issait issaient irent ira iront irait iraient issant i ie is ies"
        return [stem + end for end in ends.split()]
    if verb.endswith("re"):
        ends = " ent ait aient it irent ra ront rait raient ant u ue us ues"
        return [stem + end for end in ends.split(" ")]
    soft = {"c": stem[:-1] + "ç", "g": stem + "e"}.get(stem[-1], stem)  # before a
    mute = stems[0] if stems else _mute_stem(stem)  # before a silent e
    future = stem if "é" in stem[-3:] and not stems else mute
    past = ("a", "ait", "aient", "ant")
    return [
        mute + "e", mute + "ent", *(soft + end for end in past), stem + "èrent",
        *(future + end for end in ("era", "eront", "erait", "eraient")), *(stem + end for end in ("é", "ée", "és", "ées")),
    ]  # fmt: skip


def _mute_stem(stem: str) -> str:
    """The stem before a silent e: «lèv», «répèt», «nettoi»; verbs in -eler and -eter that double are told."""
    if stem.endswith(("oy", "uy")):
        return stem[:-1] + "i"
    return re.sub(r"[eé]((?:[^aeiouyéèê]|qu|gu|gn|ch)+)$", r"è\1", stem) if re.search(
        r"(é(?:[^aeiouyéèê]|gu|qu|ch|gn|[bcdfgpt][rl])|e[dlmnpsv])$", stem
    ) and not re.search("(ll|ss|nn|ff|rr|tt)$", stem) else stem  # fmt: skip


def _spanish(verb: str, stems: list[str]) -> list[str]:
    stem, kind = verb[:-2], verb[-2]
    present = stems[0] if stems else stem
    past = stems[1] if len(stems) > 1 else stem
    future = [verb + end for end in ("á", "án", "ía", "ían")]
    if kind == "a":
        return [
            present + "a", present + "an", *(stem + end for end in ("aba", "aban", "ó", "aron")), *future,
            *(stem + end for end in ("ando", "ado", "ada", "ados", "adas")),
        ]  # fmt: skip
    io = ["ó", "eron", "endo"] if past.endswith("ñ") else ["ió", "ieron", "iendo"]
    return [
        present + "e", present + "en", stem + "ía", stem + "ían", *(past + end for end in io), *future,
        *(stem + end for end in ("ido", "ida", "idos", "idas")),
    ]  # fmt: skip


def _italian(verb: str, stems: list[str]) -> list[str]:
    stem, kind = verb[:-3], verb[-3]
    if kind == "a":
        future = {"c": stem + "h", "g": stem + "h"}.get(stem[-1], stem)
        if stem.endswith(("ci", "gi", "sci")):
            future = stem[:-1]
        return [
            *(stem + end for end in ("a", "ano", "ava", "avano", "ò", "arono")),
            *(future + end for end in ("erà", "eranno", "erebbe", "erebbero")),
            *(stem + end for end in ("ando", "ato", "ata", "ati", "ate")),
        ]  # fmt: skip
    if kind == "e":
        ends = "e ono eva evano ette ettero erà eranno erebbe erebbero endo uto uta uti ute"
        return [stem + end for end in ends.split()]
    present = [stem + "e", stem + "ono"] if stems else [stem + "isce", stem + "iscono"]
    ends = "iva ivano ì irono irà iranno irebbe irebbero endo ito ita iti ite"
    return [*present, *(stem + end for end in ends.split())]


def _portuguese(verb: str, stems: list[str]) -> list[str]:
    stem, kind = verb[:-2], verb[-2]
    present = stems[0] if stems else stem
    future = [verb + end for end in ("á", "ão", "ia", "iam")]
    if kind == "a":
        ends = "ava avam ou aram ando ado ada ados adas"
        return [present + "a", present + "am", *(stem + end for end in ends.split()), *future]
    past = ["eu", "eram", "endo"] if kind == "e" else ["iu", "iram", "indo"]
    ends = ["ia", "iam", *past, "ido", "ida", "idos", "idas"]
    return [present + "e", present + "em", *(stem + end for end in ends), *future]


_MAKERS: dict[str, Callable[[str, list[str]], list[str]]] = {
    "en": _english, "fr": _french, "es": _spanish, "it": _italian, "pt": _portuguese,
}  # fmt: skip


if __name__ == "__main__":
    for each in sys.argv[2:]:
        print(" ".join(forms(sys.argv[1], each)))
