# Nenosiri lililosahauliwa, barua pepe ya kuthibitisha, hatua ya pili ya kuingia.
forgot-link = Umelisahau?
forgot-title = Umesahau nenosiri?
forgot-lead = Andika barua pepe ya akaunti yako. Tutakutumia kiungo cha kuchagua nenosiri jipya.
forgot-button = Nitumie kiungo
forgot-back = Rudi kuingia
forgot-sent-title = Angalia barua pepe zako
forgot-sent = Kama kuna akaunti yenye { $email }, kiungo kiko njiani. Kinatumika mara moja, ndani ya dakika 60.
forgot-sent-nothing = Hakijafika baada ya dakika chache? Angalia kwenye spam, na uhakikishe anwani ni sahihi.
forgot-again = Jaribu tena

link-invalid = Kiungo hiki si sahihi, kimeshatumika, au kimepita dakika 60.
reset-title = Chagua nenosiri jipya
reset-lead = Utalitumia kuingia kuanzia sasa. Vifaa vyako vyote vitatolewa kwenye akaunti.
reset-button = Hifadhi nenosiri jipya
reset-invalid-title = Kiungo hiki hakifanyi kazi tena
reset-new-link = Nitumie kiungo kipya
reset-done-title = Nenosiri jipya limehifadhiwa
reset-done = Vifaa vyako vyote vimetolewa kwenye akaunti. Ingia kwa nenosiri jipya.

verify-title-ready = Thibitisha barua pepe yako
verify-text-ready = Bonyeza mara moja tu, nasi tutajua kwamba taarifa zetu zinakufikia hapa.
verify-title-done = Barua pepe yako imethibitishwa
verify-text-done = Risiti na taarifa za huduma zako zitakufikia huko.
verify-title-invalid = Kiungo hiki hakifanyi kazi tena
verify-text-invalid = Si sahihi, kimeshatumika, au kimepita dakika 60. Kama barua pepe yako imeshathibitishwa, huhitaji kufanya chochote.
verify-button = Thibitisha barua pepe hii
verify-on = Nenda kwenye muhtasari
verify-new-link = Nitumie kiungo kipya
verify-sign-in = Ingia upate kiungo kipya
verify-send = Nitumie kiungo
verify-again = Kitume tena
verify-call = Thibitisha { $email }.
verify-sent = Tumetuma kiungo kwenda { $email }.
verify-sent-text = Kifungue ndani ya dakika 60. Hakijafika? Angalia kwenye spam.

confirm-title = Je, ni wewe?
confirm-lead = Hatua inayofuata ni muhimu kwa akaunti yako. Andika nenosiri lako ili uendelee.
confirm-button = Endelea

code-title = Andika msimbo wako
code-lead = Fungua programu ya uthibitishaji (authenticator) kwenye simu yako, kisha andika msimbo unaoonyeshwa kwa akaunti hii.
code-lost = Huna simu hapo ulipo? Tumia msimbo wa dharura
code-recover = Ingia kwa msimbo wa dharura
code-other = Ingia kama mtu mwingine

invitation-title = Chagua nenosiri lako
invitation-lead = Utaingia kwa nenosiri hili kuanzia sasa.
invitation-invalid = Si sahihi, kimeshatumika, au kimepita siku 7. Omba kiungo cha kuchagua nenosiri.

email-change-title-ready = Barua pepe mpya ya akaunti yako
email-change-text-ready = Wafanyakazi wetu wameombwa kuibadilisha. Ni wewe uliyeomba?
email-change-title-confirmed = Barua pepe ya akaunti yako imebadilishwa
email-change-text-confirmed = Ingia kwa barua pepe mpya kuanzia sasa. Tumetuma huko kiungo cha kuithibitisha.
email-change-title-cancelled = Hakuna kilichobadilishwa
email-change-text-cancelled = Akaunti yako inabaki na barua pepe yake. Kama hujui nani ameomba nyingine, tuandikie.
email-change-title-invalid = Kiungo hiki hakifanyi kazi tena
email-change-text-invalid = Si sahihi au kimeshatumika, au mabadiliko yameshafanyika au yameghairiwa.
email-change-new = Mpya:
email-change-reason = Sababu: { $reason }
email-change-when = Usipofanya lolote, itabadilika { $time }.
email-change-confirm = Niliomba mimi: ibadilishe sasa
email-change-cancel = Sikuomba: ghairi
