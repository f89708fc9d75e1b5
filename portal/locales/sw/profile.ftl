# Akaunti ya mteja mwenyewe: taarifa, kuingia, yaliyotokea, kuifuta.
profile-description = Jina lako, anwani zako na nenosiri lako.
profile-details = Taarifa zako
profile-safety = Usalama
profile-name = Jina
profile-no-phone = Haipo bado
profile-password-value = Unalijua wewe tu
profile-save-name = Hifadhi jina
profile-save-email = Hifadhi barua pepe
profile-save-phone = Hifadhi namba
profile-save-password = Hifadhi nenosiri
profile-security-text = Kuingia kwa hatua mbili, na mahali ulipoingia.
profile-activity-text = Yaliyofanyika kwenye akaunti yako, na kutoka wapi.
profile-delete-text = Moja kwa moja. Oda zako zinabaki, bila jina lako.
profile-delete-later = Inawezekana ukiwa huna huduma inayoendelea wala malipo yanayosubiriwa.
profile-viewed = Mteja pekee ndiye anayeweza kubadili haya.
email-confirmed = Imethibitishwa
email-unconfirmed = Haijathibitishwa

saved-name = Jina lako limehifadhiwa.
saved-email = Barua pepe yako imebadilishwa. Anwani yako ya zamani imejulishwa.
saved-phone = Namba yako imehifadhiwa.
saved-password = Nenosiri lako limebadilishwa. Vifaa vyako vingine vimetolewa kwenye akaunti.
saved-verified = Barua pepe yako imethibitishwa.
saved-session = Kifaa hicho kimetolewa kwenye akaunti.
saved-sessions = Vifaa vyako vingine vimetolewa kwenye akaunti.
saved-two-factor-on = Kuingia kwa hatua mbili kumewashwa.
saved-two-factor-off = Kuingia kwa hatua mbili kumezimwa.
saved-codes = Misimbo mipya ya dharura iko tayari. Ile ya zamani haifanyi kazi tena.

security-title = Usalama na vifaa
two-factor-title = Kuingia kwa hatua mbili
two-factor-badge-on = Hatua mbili
two-factor-on = Imewashwa
two-factor-why = Kwa njia hii, kuingia kunahitaji pia msimbo kutoka kwenye simu yako. Hata mtu akijua nenosiri lako, bado hawezi kuingia.
two-factor-start = Anza kuiweka
two-factor-step-app = Weka programu ya uthibitishaji kwenye simu yako: Google Authenticator, Aegis, 2FAS au nyingine.
two-factor-step-scan = Skani picha hii kwa programu hiyo.
two-factor-qr = Msimbo wa QR kwa programu ya uthibitishaji
two-factor-open = Fungua programu kwenye simu hii,
two-factor-key = au andika ufunguo huu mwenyewe:
two-factor-copy = Nakili ufunguo
two-factor-confirm = Washa
two-factor-not-now = Si sasa
two-factor-on-text = Kuingia kunahitaji nenosiri lako na msimbo kutoka kwenye simu yako.
two-factor-second = Hatua ya pili
two-factor-second-value = Msimbo kutoka kwenye simu yako
two-factor-off-do = Zima
two-factor-off-text = Kuingia kutahitaji nenosiri lako pekee.
two-factor-off-button = Zima kuingia kwa hatua mbili
two-factor-unverified = Kwanza thibitisha barua pepe yako: fungua kiungo tulichokutumia.
two-factor-to-profile = Nenda kwenye taarifa zangu
two-factor-replace-do = Tumia programu nyingine
two-factor-replace-text = Kwa msimbo wa programu unayotumia sasa, au msimbo wa dharura, unaweza kuweka programu nyingine. Ya sasa inaendelea kufanya kazi hadi hapo.
two-factor-replace-button = Weka programu nyingine
field-present-code = Msimbo wa programu yako, au msimbo wa dharura
codes-title = Misimbo ya dharura
codes-text = Ihifadhi mahali utakapoipata bila simu yako: kwenye karatasi, au kwenye programu ya kutunza manenosiri. Kila mmoja hutumika mara moja. Inaonyeshwa sasa tu.
codes-copy = Nakili yote
codes-kept = Nimeihifadhi
codes-left = { $n ->
    [0] Hakuna uliobaki
    [one] Umebaki { $n }
   *[other] Imebaki { $n }
}
codes-few = Tengeneza mipya
codes-new = Misimbo mipya
codes-new-text = Utapata misimbo mipya minane. Ile ya zamani haitafanya kazi tena.
codes-make = Tengeneza misimbo mipya
sessions-title = Umeingia kwenye
session-current = Kifaa hiki
session-seen = Mara ya mwisho { $when }
sessions-end = Toa vifaa vingine vyote
device-unknown = Kifaa kisichojulikana

activity-title = Shughuli
activity-lead = Kuna kitu hapa ambacho hukukifanya wewe?
activity-security = Toa vifaa vingine
activity-empty = Bado hakuna kilichofanyika kwenye akaunti yako.
activity-staff = Na wafanyakazi wetu
activity-signed_in = Kuingia
activity-signed_out = Kutoka
activity-created = Akaunti imefunguliwa
activity-password_changed = Nenosiri limebadilishwa
activity-password_reset = Nenosiri jipya kwa kiungo cha barua pepe
activity-email_changed = Barua pepe imebadilishwa
activity-email_change_asked = Barua pepe mpya imeandikwa
activity-email_change_cancelled = Barua pepe mpya imeghairiwa
activity-invited = Mwaliko umetumwa
activity-email_verified = Barua pepe imethibitishwa
activity-phone_changed = Namba ya simu imebadilishwa
activity-name_changed = Jina limebadilishwa
activity-two_factor_on = Kuingia kwa hatua mbili kumewashwa
activity-two_factor_off = Kuingia kwa hatua mbili kumezimwa
activity-two_factor_reset = Kuingia kwa hatua mbili kumeondolewa
activity-two_factor_replaced = Programu nyingine ya uthibitishaji imewekwa
activity-recovery_codes_made = Misimbo mipya ya dharura imetengenezwa
activity-sessions_ended = Vifaa vingine vimetolewa
activity-password_shown = Nenosiri la control panel limeonyeshwa
activity-order_placed = Oda imewekwa
activity-impersonated = Akaunti imetazamwa ili kukusaidia
activity-language_changed = Lugha imebadilishwa
activity-disabled = Akaunti imezimwa
activity-enabled = Akaunti imewashwa tena
activity-edited = Taarifa za akaunti zimebadilishwa
activity-credentials_sent = Barua pepe ya jinsi ya kuingia kwenye hosting imetumwa
activity-panel_opened = Control panel imefunguliwa
activity-credentials_kept = Taarifa za kuingia kwenye control panel zimehifadhiwa kwenye kompyuta yetu
activity-credentials_dropped = Taarifa za kuingia kwenye control panel hazihifadhiwi tena
activity-other = Akaunti imebadilishwa

delete-title = Futa akaunti
delete-lead = Ukishaifuta, haiwezi kurudishwa.
delete-goes = Jina lako, barua pepe, namba na nenosiri vitafutwa.
delete-devices = Utatolewa kwenye vifaa vyote na hutaweza kuingia tena.
delete-stays = Oda na malipo vinabaki kwenye vitabu vyetu, bila jina lako, kwa sababu sheria inataka hivyo.
delete-button = Futa akaunti yangu
delete-keep = Baki na akaunti yangu
delete-blocked = { $n ->
    [one] Una huduma moja inayoendelea. Akaunti yako inabaki mradi huduma hiyo ipo.
   *[other] Una huduma { $n } zinazoendelea. Akaunti yako inabaki mradi huduma hizo zipo.
}
delete-blocked-text = Hifadhi unachohitaji kutoka humo, kisha tuandikie nasi tutazisitisha. Baada ya hapo unaweza kufuta akaunti hapa.
delete-being-paid = { $n ->
    [one] Ombi lako moja la malipo bado liko wazi.
   *[other] Maombi yako { $n } ya malipo bado yako wazi.
}
delete-being-paid-text = Kataa lililoko kwenye simu yako, au subiri mtandao utuambie limeishaje, siku tatu kwa mwisho. Baada ya hapo unaweza kufuta akaunti hapa.
delete-done-title = Akaunti yako imefutwa
delete-done = Asante kwa kuwa nasi. Unaweza kufungua akaunti mpya wakati wowote.
