# Mazingira ya majaribio: watoa huduma wa kuigiza, na kurasa ambapo mtu anaigiza simu.

sim-nav = Majaribio
sim-nav-portal = Tovuti
sim-tab-home = Majaribio
sim-tab-phone = Simu
sim-tab-panel = Paneli
sim-tab-mail = Barua pepe

sim-home-title = Mazingira ya majaribio
sim-home-lead = Hakuna mfumo wa malipo, paneli wala seva ya barua iliyowekwa, kwa hiyo tovuti hii inaviigiza yenyewe. Hakuna pesa inayohama na hakuna kinachotoka kwenye mashine hii.
sim-home-phone = { $n ->
    [0] Kila ombi la malipo hufika hapa. Hakuna linalosubiri.
    [one] Ombi moja la malipo linasubiri jibu.
   *[other] Maombi { $n } ya malipo yanasubiri jibu.
}
sim-home-panel = { $n ->
    [0] Seva yenye akaunti za tovuti. Bado hakuna akaunti.
    [one] Seva ina akaunti moja ya tovuti.
   *[other] Seva ina akaunti { $n } za tovuti.
}
sim-home-mail = { $n ->
    [0] Kila barua pepe inayotumwa. Bado hakuna.
    [one] Barua pepe moja imetumwa.
   *[other] Barua pepe { $n } zimetumwa.
}
sim-try-title = Jaribu
sim-try-1 = Agiza mpango
sim-try-1-more = Jina, barua pepe na namba yoyote inafaa.
sim-try-2 = Jibu kwenye simu
sim-try-2-more = Kubali, kataa, lipa kwa kuchelewa au lipa kiasi kisicho sahihi.
sim-try-3 = Tazama maandalizi, kisha fungua paneli
sim-try-3-more = Barua pepe hufika wakati huohuo.
sim-wires-title = Anwani
sim-wires-admin = Webuzo, msimamizi
sim-wires-enduser = Webuzo, mtumiaji
sim-wires-note = Tovuti inaziita kwa HTTP na SMTP, kama itakavyoita zile halisi.

sim-phone-title = { $n ->
    [0] Simu
    [one] Ombi moja kwenye simu
   *[other] Maombi { $n } kwenye simu
}
sim-phone-lead = Umeshika simu za wateja wote. Ombi hukaa kwenye skrini kwa dakika mbili.
sim-phone-idle = Hakuna ujumbe
sim-push-title = Lipa { $amount } kwa { $network }
sim-phone = Simu
sim-payee = Kwa
sim-order = Agizo
sim-came = Limefika
sim-others-title = Yanayoweza kutokea
sim-act-approve = Weka PIN na ulipe
sim-act-refuse = Ghairi
sim-act-ignore = Puuza
sim-act-late = Chelewa
sim-act-less = Lipa nusu
sim-act-more = Lipa zaidi
sim-act-twice = Lipa mara mbili
sim-why-ignore = Ombi linaondoka. Mfumo wa malipo unakata tamaa baada ya dakika tano.
sim-why-late = Pesa inafika sekunde 15 baada ya dakika mbili kuisha.
sim-why-less = Nusu tu ya kiasi inalipwa.
sim-why-more = TSh 5,000 za ziada zinalipwa.
sim-why-twice = Ombi la zamani la agizo hilohilo linalipwa pia, na kila taarifa inafika mara mbili.
sim-none-title = Hakuna ombi linalosubiri
sim-none-text = Agiza mpango na utume ombi la malipo; litaonekana hapa.
sim-none-plans = Angalia mipango
sim-none-refresh = Ukurasa huu unaangalia tena kila sekunde tatu.
sim-history-title = Yaliyojibiwa
sim-asked = iliombwa { $amount }
sim-result-paid = Imelipwa
sim-result-less = Pungufu
sim-result-more = Zaidi
sim-result-late = Itachelewa
sim-result-ignored = Imepuuzwa
sim-result-refused = Imeghairiwa
sim-result-failed = Imeshindikana

sim-panel-title = Paneli ya udhibiti
sim-panel-lead = Akaunti za tovuti kwenye seva. Wateja huingia kutoka kwenye muhtasari wao, bila nenosiri la pili.
sim-panel-empty = Bado hakuna akaunti. Itaonekana mara agizo litakapolipwa.
sim-signed-in = Umeingia kama { $user }.
sim-account = Akaunti
sim-user = Jina la mtumiaji
sim-domain = Domeni
sim-addon = Domeni zaidi
sim-plan = Mpango
sim-disk = Nafasi
sim-disk-of = MB 1 kati ya GB { $gb }
sim-disk-free = MB 1, bila kikomo
sim-email = Barua pepe
sim-created = Imeundwa
sim-panel-real = Kwenye seva halisi, hapa ndipo faili, barua pepe na hifadhidata hutunzwa.
sim-panel-once = Kiungo kilichokuleta hapa kimefanya kazi mara moja na sasa kimekwisha.
sim-panel-back = Rudi kwenye muhtasari
sim-used-title = Kiungo hiki kimeshatumika
sim-used-text = Kiungo cha kuingia hufungua paneli mara moja. Fungua paneli tena kutoka kwenye muhtasari.
sim-active = Inafanya kazi
sim-suspended = Imesimamishwa

sim-mail-lead = Kila barua pepe iliyotumwa na tovuti, iwe ya nani.
sim-mail-empty = Bado hakuna barua pepe.
sim-mail-from = Kutoka
sim-mail-to = Kwa
sim-mail-at = Imetumwa
sim-mail-text = Maandishi
sim-mail-html = Onyesha ilivyobuniwa
