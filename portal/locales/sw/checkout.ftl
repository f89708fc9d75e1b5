# Fomu ya oda, sehemu zake na makosa yanayoweza kutokea.
checkout-title = Agiza { $plan }
checkout-description = Agiza hosting ya tovuti na ulipie kwa simu.
checkout-pay = Lipa
checkout-promise = Baada ya hapa simu yako itaomba PIN. Hakuna pesa inayokatwa kabla ya hapo, wala kujikata yenyewe baadaye.
checkout-have-account = Una akaunti?
checkout-have-account-end = ; ulichoandika kinabaki.
checkout-known = Unaagiza kama <b>{ $name }</b>, { $email }

field-domain = Domain yako
field-domain-hint = Kama kahawakibo.co.tz. Huna domain bado? Acha wazi; utapata anwani ya muda.
field-name = Jina lako
field-email = Barua pepe
field-email-hint = Kwa ajili ya risiti na maelezo ya hosting yako.
field-phone = Namba ya simu ya malipo
field-phone-hint = Ombi la malipo litatumwa kwenye simu hii. Mtandao wowote.
field-own-phone = Namba ya simu
field-new-password = Chagua nenosiri
field-new-password-hint = Angalau herufi 10. Utalitumia kuingia baadaye.
field-password = Nenosiri
field-account-password = Nenosiri la akaunti yako
field-next-password = Nenosiri jipya
field-next-password-hint = Angalau herufi 10.
field-next-password-others = Angalau herufi 10. Vifaa vyako vingine vitatolewa kwenye akaunti.
field-current-password = Nenosiri la sasa
field-new-email = Barua pepe mpya
field-new-email-hint = Tutakutumia kiungo cha kuithibitisha, na kuijulisha anwani yako ya zamani.
field-next-phone = Namba mpya ya simu
field-code = Msimbo
field-code-hint = Tarakimu 6. Programu huonyesha msimbo mpya kila sekunde 30.
field-first-code = Msimbo unaoonekana sasa kwenye programu
field-recovery = Msimbo wa dharura
field-recovery-hint = Mmoja kati ya uliyohifadhi. Kila mmoja hutumika mara moja tu.

problems-title = { $n ->
    [one] Kuna tatizo
   *[other] Kuna matatizo { $n }
}
problem-name = Andika jina lako
problem-name-long = Jina lisizidi herufi { $n }
problem-email = Andika barua pepe kama neema@example.com
problem-email-taken = Barua pepe hii ina akaunti tayari. Ingia ili uendelee; ulichoandika kinabaki.
problem-email-taken-link = Ingia
problem-email-registered = Barua pepe hii ina akaunti tayari. Ingia badala yake.
problem-phone = Andika tarakimu zote 10 za namba yako, kama 0754 318 206
problem-domain = Andika domain kama kahawakibo.co.tz, bila http:// na bila kitu baada yake
problem-domain-taken = Domain hii ipo tayari kwenye seva zetu. Kama ni yako, tuandikie; la sivyo andika nyingine au acha wazi
problem-months = Chagua unalipia miezi mingapi
problem-password-short = Chagua nenosiri lenye angalau herufi 10
problem-password-long = Chagua nenosiri lisilozidi herufi { $n }
problem-password-common = Nenosiri hili linatumiwa na watu wengi. Chagua lililo gumu kukisia
problem-password-empty = Andika nenosiri lako
problem-sign-in = Barua pepe na nenosiri havilingani. Hakikisha vyote viwili kisha jaribu tena
problem-sign-in-later = Umejaribu mara nyingi mno. Jaribu tena { $time }
problem-password-wrong = Hilo si nenosiri la akaunti yako. Jaribu tena
problem-form = Kuna kitu hakiko sawa hapa. Kiangalie kisha tuma tena
problem-plan-gone = Kifurushi hiki hakiuzwi tena. Chagua kingine
problem-too-many = Oda nyingi mno zimetoka kwenye mtandao wako. Jaribu tena { $time }
problem-disabled = Akaunti hii imefungwa. Tuandikie ukiihitaji
problem-email-used = Barua pepe hii inatumiwa na akaunti nyingine. Andika nyingine
problem-email-same = Hii tayari ndiyo barua pepe yako. Andika nyingine
problem-phone-same = Hii tayari ndiyo namba yako. Andika nyingine
problem-password-same = Chagua nenosiri tofauti na la sasa
problem-code-empty = Andika tarakimu 6 za msimbo
problem-code = Msimbo huu si sahihi au umeshatumika. Andika unaoonekana sasa kwenye programu yako
problem-recovery-wrong = Msimbo huu wa dharura si sahihi au umeshatumika. Jaribu mwingine
problem-sign-in-expired = Muda umepita. Ingia tena
problem-mails-later = Tumeshakutumia viungo kadhaa. Angalia barua pepe zako, au jaribu tena { $time }
