# Barua pepe. Sehemu ya maandishi na ya HTML zina maneno yale yale.
mail-question = Una swali? Jibu barua pepe hii, au tuandikie ukitaja oda { $number }:
mail-question-account = Una swali? Jibu barua pepe hii, au tuandikie:
mail-never = Hatuombi kamwe PIN wala nenosiri lako.

mail-order-subject = Oda { $number }: { $plan }, { $amount }
mail-order-preview = Oda yako ipo. Inasubiri malipo.
mail-order-badge = Haijalipwa bado
mail-order-head = Tumepata oda yako
mail-order-text = Asante, { $name }. Oda yako inasubiri { $amount } kwa simu. Kama unalipa sasa hivi, huhitaji kufanya chochote: tutaandika mara malipo yakifika.
mail-order-button = Lipa { $amount }
mail-order-note = Kama umeshaweka PIN, usilipe tena. Malipo yakichelewa bado yanahesabiwa.

mail-paid-subject = Malipo yamepokelewa: { $amount } kwa { $plan }
mail-paid-preview = Kumbukumbu { $reference }. Tunaandaa hosting yako sasa.
mail-paid-preview-plain = Tunaandaa hosting yako sasa.
mail-paid-badge = Imelipwa
mail-paid-head = Tumepokea { $amount }
mail-paid-text = Asante, { $name }. Tunaandaa { $domain } sasa na tutaandika tena ikiwa tayari, kwa kawaida ndani ya dakika chache.
mail-paid-text-plain = Asante, { $name }. Tunaandaa hosting yako sasa na tutaandika tena ikiwa tayari, kwa kawaida ndani ya dakika chache.
mail-paid-text-finish = Asante, { $name }. Malipo yako yamerekodiwa. Anza maandalizi kwenye ukurasa wako utakapotaka: kitufe kimoja tu, na huchukua kama dakika moja.
mail-paid-button = Angalia oda yako
mail-paid-note = Muda wako ukiisha hakuna kinachokatwa chenyewe: pesa hutoka tu unapoweka PIN yako.

mail-ready-subject = { $domain } iko tayari
mail-ready-preview = Fungua control panel uweke tovuti na barua pepe zako.
mail-ready-badge = Inafanya kazi
mail-ready-head = Hosting yako iko tayari
mail-ready-text = Asante kwa kusubiri, { $name }. { $domain } iko tayari. Fungua control panel kutoka kwenye ukurasa wako: kitufe kimoja, bila nenosiri la pili.
mail-ready-button = Fungua hosting yako
mail-ready-note = Nenosiri lako halimo kwenye barua pepe hii. Utaliona kwenye ukurasa wako, ukishaweka nenosiri la akaunti yako.
mail-ready-temporary = Hii ni anwani ya muda. Utaweka domain yako ukiwa nayo.

mail-delayed-subject = { $domain }: maandalizi yanachukua muda zaidi
mail-delayed-preview = Malipo yako yamerekodiwa na tunalishughulikia.
mail-delayed-badge = Inaandaliwa
mail-delayed-head = Maandalizi yanachukua muda zaidi
mail-delayed-text = { $name }, malipo yako yamerekodiwa na tunalishughulikia. Huhitaji kufanya chochote wala kulipa tena. Tutakuandikia ikiwa tayari.
mail-delayed-button = Angalia oda yako

mail-staff-subject = Maandalizi yameshindikana: { $domain }, oda { $number }
mail-staff-preview = { $reason }
mail-staff-badge = Inahitaji mtu
mail-staff-head = Maandalizi ya { $domain } yameshindikana
mail-staff-text = { $n ->
    [one] Jaribio moja halikufanikiwa.
   *[other] Majaribio yote { $n } hayakufanikiwa.
} Mteja amelipa, na anaambiwa kwamba inachukua muda zaidi. Iangalie kwenye programu ya kompyuta, sehemu ya Attention.
mail-staff-reason = Sababu
mail-staff-email = Barua pepe
mail-staff-footer = Imeandikwa na portal kwa wafanyakazi wake.

# In place of a name, in a mail to an address that was never confirmed.
mail-no-name = mteja wetu
