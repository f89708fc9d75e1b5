# Barua pepe kuhusu akaunti, na kuhusu kilichofanywa na wafanyakazi kwenye huduma.
mail-account-badge = Akaunti yako
mail-security-badge = Usalama
mail-not-you = Kama ni wewe, huhitaji kufanya chochote. Kama si wewe, chagua nenosiri jipya mara moja: litatoa vifaa vyote kwenye akaunti. Kisha tuandikie.
mail-not-you-button = Si mimi

mail-verify-subject = Thibitisha barua pepe yako
mail-verify-preview = Bonyeza mara moja, na taarifa zetu zitakufikia.
mail-verify-head = Thibitisha barua pepe yako
mail-verify-text = { $name }, fungua kiungo hiki kisha bonyeza kitufe. Kinatumika mara moja, ndani ya dakika 60.
mail-verify-button = Thibitisha barua pepe yangu
mail-verify-note = Huna akaunti kwetu? Basi kuna mtu amekosea kuandika anwani yake. Huhitaji kufanya chochote.

mail-reset-subject = Chagua nenosiri jipya
mail-reset-preview = Kiungo kinatumika mara moja, ndani ya dakika 60.
mail-reset-head = Chagua nenosiri jipya
mail-reset-text = { $name }, kuna mtu ameomba nenosiri jipya la akaunti yako. Kiungo kinatumika mara moja, ndani ya dakika 60.
mail-reset-button = Chagua nenosiri jipya
mail-reset-note = Si wewe? Basi iache barua pepe hii; nenosiri lako linabaki lilivyo. Usimpe mtu yeyote kiungo hiki.

mail-password-subject = Nenosiri lako limebadilishwa
mail-password-preview = Kama si wewe, chukua hatua sasa.
mail-password-head = Nenosiri lako limebadilishwa
mail-password-text = { $name }, akaunti yako sasa ina nenosiri jipya. Vifaa vingine vyote vimetolewa kwenye akaunti.

mail-email-subject = Barua pepe ya akaunti yako imebadilishwa
mail-email-preview = Kama si wewe, tuandikie sasa.
mail-email-head = Barua pepe ya akaunti yako imebadilishwa
mail-email-text = { $name }, kuanzia sasa tutaandika kwenye anwani nyingine, na utaitumia kuingia.
mail-email-new = Barua pepe mpya
mail-email-button = Si mimi
mail-email-note = Kama ni wewe, huhitaji kufanya chochote. Kama si wewe, tuandikie mara moja: kiungo cha nenosiri jipya kingeenda kwenye anwani mpya.

mail-device-subject = Kuna aliyeingia kwenye akaunti yako
mail-device-preview = Kama si wewe, chukua hatua sasa.
mail-device-head = Kuna aliyeingia kwa kifaa kipya
mail-device-text = { $name }, akaunti yako imefunguliwa kwa kifaa ambacho hatujakiona kabla.

mail-suspended-subject = { $domain } imesimamishwa
mail-suspended-preview = Mafaili na barua pepe zako zimehifadhiwa.
mail-suspended-badge = Imesimamishwa
mail-suspended-head = { $domain } imesimamishwa
mail-suspended-text = { $name }, { $domain } haipatikani kwa sasa. Mafaili na barua pepe zako zimehifadhiwa. Tuandikie tukuambie jinsi ya kuirudisha.
mail-suspended-button = Tuandikie
mail-reason = Sababu

mail-resumed-subject = { $domain } imerudi
mail-resumed-preview = Tovuti na barua pepe zinafanya kazi tena.
mail-resumed-head = { $domain } imerudi
mail-resumed-text = { $name }, tovuti na barua pepe zako zinafanya kazi tena. Kila kitu kiko pale ulipokiacha.
mail-resumed-button = Angalia huduma zako

mail-credentials-subject = Jinsi ya kuingia kwenye { $domain }
mail-credentials-preview = Jina lako la mtumiaji, na mahali pa kuona nenosiri.
mail-credentials-badge = Hosting yako
mail-credentials-head = Jinsi ya kuingia kwenye { $domain }
mail-credentials-text = { $name }, hili ni jina lako la mtumiaji. Unafungua control panel kutoka kwenye ukurasa wako kwa kitufe kimoja; huhitaji nenosiri la pili.
mail-credentials-with-preview = Jina lako la mtumiaji na nenosiri lako.
mail-credentials-with-text = { $name }, haya ni jina lako la mtumiaji na nenosiri lako la control panel. Kutoka kwenye ukurasa wako unaifungua kwa kitufe kimoja; huko huhitaji hata moja.
mail-credentials-with-note = Nenosiri lako limo kwenye barua pepe hii: ifute ukishaliweka nenosiri mahali salama.
mail-credentials-button = Fungua hosting yako

mail-invitation-subject = Akaunti yako kwetu: chagua nenosiri
mail-invitation-preview = Kiungo kinatumika mara moja, ndani ya siku 7.
mail-invitation-head = Chagua nenosiri la akaunti yako
mail-invitation-text = Tumefungua akaunti kwa barua pepe hii. Fungua kiungo hiki na uchague nenosiri; kisha unaweza kuingia. Kiungo kinatumika mara moja, ndani ya siku 7.
mail-invitation-button = Chagua nenosiri
mail-invitation-note = Hukutarajia ujumbe huu? Basi uache: bila nenosiri hakuna anayeweza kuingia. Usimpe mtu yeyote kiungo hiki.

mail-change-subject = Barua pepe ya akaunti yako inakaribia kubadilishwa
mail-change-preview = Kama hukuomba, ghairi sasa.
mail-change-head = Barua pepe ya akaunti yako inakaribia kubadilishwa
mail-change-text = { $name }, wafanyakazi wetu wameombwa kubadilisha barua pepe ya akaunti yako. Unaweza kuthibitisha au kughairi. Usipofanya lolote, itabadilika muda ulioandikwa hapa chini.
mail-change-when = Itaanza kutumika
mail-change-button = Thibitisha au ghairi
mail-change-note = Hukuomba mabadiliko haya? Ghairi: hakuna kitakachobadilika. Usimpe mtu yeyote kiungo hiki.

mail-announced-subject = Tumepewa barua pepe hii kwa ajili ya akaunti
mail-announced-preview = Tutakuandikia tena itakapoanza kutumika.
mail-announced-head = Tumepewa barua pepe hii kwa ajili ya akaunti
mail-announced-text = Wafanyakazi wetu wameombwa kuifanya barua pepe hii iwe ya akaunti. Mwenye barua pepe ya sasa anaweza kuthibitisha au kughairi hadi muda ulioandikwa hapa chini.
mail-announced-old = Barua pepe ya sasa
mail-announced-note = Huna akaunti kwetu? Basi kuna mtu amekosea barua pepe yake: tuandikie.

mail-two-factor-subject = Kuingia kwa hatua mbili kwenye akaunti yako kumeondolewa
mail-two-factor-preview = Kama hukuomba, chukua hatua sasa.
mail-two-factor-head = Kuingia kwa hatua mbili kumeondolewa
mail-two-factor-text = { $name }, wafanyakazi wetu wameondoa hatua ya pili ya kuingia kwenye akaunti yako, na vifaa vyote vimetoka. Iweke tena ukishaingia.
mail-two-factor-note = Hukuomba mabadiliko haya? Chagua nenosiri jipya mara moja, kisha tuandikie.

mail-staff-changed-subject = Akaunti ya mfanyakazi: { $what }
mail-staff-changed-preview = Kila msimamizi anaarifiwa.
mail-staff-changed-text = Kila msimamizi anapata barua pepe hii akaunti ya mfanyakazi inapofunguliwa au kubadilishwa. Kama hujui kuhusu hili, zima akaunti hiyo na uangalie kumbukumbu za ukaguzi.
mail-staff-changed-account = Akaunti
mail-staff-changed-by = Imefanywa na
mail-staff-changed-note = Imefanywa na msimamizi aliyeandika nenosiri na msimbo.
mail-staff-created = akaunti imefunguliwa
mail-staff-edited = taarifa zimebadilishwa
mail-staff-role = wadhifa umebadilishwa
mail-staff-email-change = barua pepe mpya imeandikwa
mail-staff-disabled = akaunti imezimwa
mail-staff-enabled = akaunti imewashwa
mail-staff-deleted = akaunti imefutwa
mail-staff-two-factor = kuingia kwa hatua mbili kumeondolewa
