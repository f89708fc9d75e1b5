# Wafanyakazi wanatazama tovuti kama mteja: njia ya kuingia, njia ya kutoka, na wasichoweza kufanya humo.
viewing-as-customer = Kutazama kama mteja
viewing-title-ready = Tazama tovuti kama { $name }
viewing-text-ready = Utaona anachoona { $name }. Huwezi kuagiza, kulipa, kubadili akaunti, kuona nenosiri wala kufungua control panel.
viewing-reason = Sababu
viewing-lasts = Muda
viewing-minutes = Dakika 15
viewing-recorded = Kila kitu kinarekodiwa kwa jina lako, na { $name } ataona kwenye kumbukumbu za akaunti kwamba imetazamwa.
viewing-enter = Tazama kama { $name }
viewing-title-gone = Kiungo hiki hakifanyi kazi tena
viewing-text-gone = Si sahihi, kimeshatumika, au kimepita sekunde 60. Omba kipya kwenye programu ya kompyuta.
viewing-title-busy = Tayari unatazama kama { $name }
viewing-text-busy = Kwanza rudi kwenye usimamizi kwa kitufe kilicho juu. Kisha omba kiungo kipya kwenye programu ya kompyuta.
viewing-title-ended = Hutazami tena kama mteja
viewing-text-ended = Dakika 15 zimeisha, umetoka, au akaunti imefungwa. Ulichofanya mwisho hakikufanyika. Toka hapa; ukihitaji muda zaidi, omba kiungo kipya kwenye programu ya kompyuta.
viewing-leave = Toka
viewing-title-left = Umetoka kwenye akaunti ya { $name }
viewing-title-left-plain = Umetoka kwenye akaunti ya mteja
viewing-text-left = Unaweza kufunga ukurasa huu na kurudi kwenye programu ya kompyuta.
viewing-panel = Kwa control panel na nenosiri lake tumia programu ya kompyuta.
viewing-money = Mteja pekee ndiye anayeweza kuagiza na kulipa.

error-title-viewing = Mteja pekee anaweza
error-head-viewing = Hili haliwezekani unapotazama tovuti kama mteja
error-text-viewing = Oda, malipo, manenosiri, mawasiliano na control panel hapa ni vya mteja mwenyewe. Kazi za wafanyakazi ziko kwenye programu ya kompyuta.

activity-impersonation_asked = Kutazama akaunti yako kumeombwa
activity-impersonation_ended = Kutazama akaunti yako kumeisha
