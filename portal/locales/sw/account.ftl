# Kuingia, muhtasari, na huduma moja.
login-description = Ingia kwenye hosting yako.
login-ordering = Kisha utaendelea na oda yako; ulichoandika kimehifadhiwa.
login-remember = Nikumbuke kwenye kifaa hiki kwa siku 30
login-no-account = Huna akaunti? Utaipata ukiweka oda ya kwanza.
register-title = Fungua akaunti
register-description = Fungua akaunti ya hosting yako.
register-button = Fungua akaunti
register-have = Una akaunti?

dashboard-description = Huduma na oda zako.
dashboard-welcome = Karibu, { $name }
dashboard-empty = Tovuti zako zitaonekana hapa ukishachagua kifurushi.
order-another = Agiza kifurushi kingine
services-title = Huduma
orders-title = Oda
figure-orders = Oda
figure-paid = Zilizolipwa
figure-unpaid = Hazijalipwa
figure-active = Huduma hai
figure-setup = Zinaandaliwa
figure-total = Jumla uliyolipa

call-finish-domain = Oda { $number } imelipwa. Kamilisha maandalizi ya { $domain }.
call-finish = Oda { $number } imelipwa. Kamilisha maandalizi.
call-finish-text = Inachukua kama dakika moja. Utaona kila hatua.
call-pending = Oda { $number } inasubiri malipo.
call-late = { $domain }: maandalizi yanachukua muda zaidi.
call-late-text = Tunalishughulikia, na malipo yako yamerekodiwa. Huhitaji kufanya chochote; tutakuandikia ikiwa tayari.
call-suspended-since = { $domain } imesimamishwa tangu { $date }.
call-suspended = { $domain } imesimamishwa.
suspended-text = Mafaili na barua pepe zako zimehifadhiwa. Tuandikie tukuambie jinsi ya kuirudisha.

service-state-unfinished = Bado haijaandaliwa
service-state-setup = Inaandaliwa
service-state-late = Inaandaliwa
service-state-active = Inafanya kazi
service-state-suspended = Imesimamishwa
service-state-cancelled = Imeisha
service-paid-on = imelipwa { $date }
service-paid-until = imelipiwa hadi { $date }
service-was-paid-until = ililipiwa hadi { $date }

order-state-pending = Haijalipwa bado
order-state-paid = Imelipwa
order-state-active = Imelipwa
order-state-complete = Imekamilika
order-state-failed = Haijalipwa
order-state-cancelled = Imeghairiwa

service-description = Huduma yako moja: anwani, jina la mtumiaji na nenosiri.
service-panel-hint = Inafunguka bila nenosiri la pili.
service-facts = Hosting yako
service-cancelled-text = Huduma hii imeisha. Agiza kifurushi ili uweke tovuti mtandaoni tena.
reveal-title = Nenosiri la control panel
reveal-text = Kwa ajili ya FTP, programu za barua pepe, au kuingia kwenye control panel mwenyewe. Andika hapa nenosiri la akaunti yako ili ulione.
reveal-show = Onyesha nenosiri
reveal-shown = Nenosiri la control panel
reveal-careful = Usimwonyeshe mtu yeyote. Sisi hatuliombi kamwe.
reveal-hides = Litafichwa tena baada ya sekunde { $n }.
reveal-hidden = Nenosiri limefichwa tena.
reveal-again = Lionyeshe tena
copy-password = Nakili nenosiri
