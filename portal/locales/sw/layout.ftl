# Fremu ya kila ukurasa, na maneno yanayotumika kwenye kurasa nyingi.
language-other = English
skip = Nenda kwenye maudhui
layout-description = Hosting ya tovuti Tanzania, unalipia kwa simu.
title-error = Kosa:
optional = (si lazima)

nav-main = Kuu
nav-more = Zaidi
nav-account = Akaunti
nav-plans = Vifurushi
nav-questions = Maswali
nav-help = Msaada
nav-overview = Muhtasari
nav-services = Huduma
nav-orders = Oda
nav-profile = Wasifu
sign-in = Ingia
sign-out = Toka

foot-place = Dar es Salaam
foot-line = Hosting ya tovuti, unalipia kwa simu.
help-foot = { $way ->
    [whatsapp] Msaada WhatsApp
   *[other] Msaada
}
help-button = { $way ->
    [whatsapp] Tuandikie WhatsApp
   *[other] Tuandikie
}
help-wrong = Kuna tatizo?
help-name-order = ukitaja oda <span class="nb">{ $number }</span>.

sandbox-label = Sandbox
sandbox-strip = Sandbox: hakuna kinachogharimu pesa hapa.
sandbox-open = Fungua sandbox
viewing-label = Kutazama kama mteja
viewing-as = Unatazama kama <b>{ $name }</b> hadi <span class="num">{ $time }</span>
viewing-stop = Rudi kwenye usimamizi

live-offline = Huna mtandao kwa sasa. Tunaendelea kuangalia.
copied = Imenakiliwa
see-plans = Angalia vifurushi
see-plans-from = Angalia vifurushi, kuanzia { $amount }
see-order = Angalia oda
see-receipt = Angalia risiti
open-panel = Fungua control panel
finish-setup = Kamilisha maandalizi
what-happened = Kilichofanyika
your-order = Oda yako
change = Badili
pager = Kurasa
pager-before = Mpya
pager-next = Za zamani
pager-at = Ukurasa { $page } kati ya { $pages }
list-past = Hakuna kitu tena kwenye ukurasa huu.
list-first = Nenda ukurasa wa kwanza

months = { $n ->
    [one] mwezi { $n }
   *[other] miezi { $n }
}
plan-months = { $plan }, { $n ->
    [one] mwezi { $n }
   *[other] miezi { $n }
}
percent-off = Punguzo { $percent }%
full-price = Bei kamili
a-month = kwa mwezi
pay-for = Lipia
pay-with = Lipa kwa
can-pay-with = Unaweza kulipa kwa
the-network = mtandao

month-1 = Januari
month-2 = Februari
month-3 = Machi
month-4 = Aprili
month-5 = Mei
month-6 = Juni
month-7 = Julai
month-8 = Agosti
month-9 = Septemba
month-10 = Oktoba
month-11 = Novemba
month-12 = Desemba

fact-order = Oda
fact-plan = Kifurushi
fact-domain = Domain
fact-temporary = Anwani ya muda
fact-phone = Simu
fact-paid-from = Imelipwa na
fact-paid-until = Imelipiwa hadi
fact-paid = Umelipa
fact-to-pay = Ya kulipa
fact-to-pay-now = Ya kulipa sasa
fact-received = Kilichopokelewa
fact-missing = Kilichobaki
fact-receipt = Risiti
fact-date = Tarehe
fact-customer = Mteja
fact-reference = Kumbukumbu
fact-username = Jina la mtumiaji
fact-password = Nenosiri
fact-panel = Control panel
fact-device = Kifaa
fact-address = Anwani
