# Ukurasa wa kwanza na orodha ya bei.
landing-title = { $company }: hosting ya tovuti Tanzania, lipa kwa simu
landing-description = Hosting ya tovuti na barua pepe kuanzia { $amount } kwa mwezi. Lipa kwa M-PESA, Mixx by Yas, Airtel Money au HaloPesa.
landing-head = Hosting ya tovuti, unalipia kwa simu yako
landing-lead = Tovuti na barua pepe zako, kuanzia <b>{ $amount } kwa mwezi</b>. Kwa maduka, shule na biashara ndogo Tanzania. Huhitaji kadi ya benki.
landing-see-plans = Angalia vifurushi na bei
landing-after = Nini hutokea ukishalipa
landing-plans-lead = Bei unayoiona ndiyo unayolipa, kwa mwezi.
landing-compare = Linganisha vifurushi vyote
landing-after-lead = Huna haja ya kusubiri ofisi ifunguliwe. Kila hatua inaonekana kwenye ukurasa wako, pamoja na muda wake.
landing-note-paid = Malipo yamepokelewa
landing-note-ready = { $domain } iko tayari

prompt-caption = Ombi litaonekana hivi kwenye simu yako. Sisi hatuoni PIN yako.
prompt-pay = Lipa { $amount } kwa <span class="nb">{ $payee }?</span>
prompt-pin = Weka namba ya siri:
prompt-cancel = Ghairi
prompt-send = Tuma

plan-fit-hollyn-lite = Tovuti moja ndogo: duka, kanisa au CV.
plan-fit-hollyn-grow = Biashara ambayo kila mtu ana barua pepe yake.
plan-fit-hollyn-boost = Duka la mtandaoni, au tovuti kadhaa pamoja.
plan-fit-hollyn-max = Shule, mawakala na wasiotaka kuhesabu nafasi.

spec-disk = { $n ->
    [Unlimited] Diski bila kikomo
   *[other] Diski { $n }
}
spec-mailboxes = { $n ->
    [Unlimited] Barua pepe bila kikomo
   *[other] Barua pepe { $n }
}
spec-websites = { $n ->
    [Unlimited] Tovuti bila kikomo
   *[other] Tovuti { $n }
}

discount-first = Lipia { $n ->
    [one] mwezi { $n }
   *[other] miezi { $n }
} upate punguzo la { $percent }%
discount-more = { $n ->
    [one] mwezi { $n }
   *[other] miezi { $n }
} punguzo la { $percent }%

after-1 = Unabonyeza Lipa
after-1-text = Tunatuma ombi la malipo kwenye namba uliyoandika. Inaweza kuwa simu ya mtu mwingine.
after-2 = Simu yako inaomba PIN
after-2-when = baada ya sekunde
after-2-text = Inaonyesha jina { $company } na kiasi. PIN unaiweka kwenye simu, siyo kwenye tovuti hii.
after-3 = Mtandao unathibitisha malipo
after-3-when = ndani ya dakika 2
after-3-text = Tunauliza mtandao wenyewe kabla ya kukuambia. Risiti inakuja kwenye barua pepe yako.
after-4 = Hosting yako inatengenezwa
after-4-when = papo hapo
after-4-text = Inaanza yenyewe. Unaona kila hatua, au funga ukurasa urudi baadaye.
after-5 = Unafungua control panel
after-5-when = dakika moja baadaye
after-5-text = Kitufe kimoja kwenye ukurasa wako, bila nenosiri la pili. Weka tovuti na barua pepe zako.
after-slow = Je, mtandao ukichelewa? Tunakuambia kwenye ukurasa, na tunaendelea kuuliza kwa siku tatu. Malipo yakichelewa bado yanahesabiwa.

questions-title = Maswali ya kwanza ya wateja
question-domain = Sina domain bado. Naweza kuanza?
question-domain-text = Ndiyo. Acha sehemu ya domain wazi unapoagiza. Hosting yako itapata anwani ya muda, na utaweka domain yako baadaye.
question-again = Mtakata pesa tena mwezi ujao?
question-again-text = Hapana. Pesa hutoka tu unapoweka PIN yako. Muda wako ukiisha, unaamua mwenyewe kama utalipia tena.
question-waits = Nimelipa lakini ukurasa bado unasubiri. Nifanye nini?
question-waits-text = Usilipe tena. Kama uliweka PIN, pesa yako iko salama; tunaendelea kuuliza mtandao. Bonyeza “Nimeshalipa: angalia sasa”, au tuandikie ukitaja namba ya oda.
question-other = Mtu mwingine anaweza kunilipia?
question-other-text = Ndiyo. Kwenye ukurasa wa malipo chagua “Tumia namba nyingine”. Ombi litaenda kwenye simu hiyo, hosting inabaki kuwa yako.
question-price = Hiyo ndiyo bei yote?
question-price-text = Ndiyo. Kiasi kilicho kwenye kitufe ndicho kitakachoonekana kwenye simu. Mtandao wako unaweza kuongeza ada yake, kama kwa malipo mengine.

contact-title = Ongea na mtu
contact-lead = Tuambie unataka kuweka nini mtandaoni, tutakuambia kifurushi kinachokutosha. Kiswahili au Kiingereza.

plans-title = Vifurushi na bei
plans-description = Vifurushi vya hosting kuanzia { $amount } kwa mwezi, na viwango vyake vyote. Lipia miezi 3, 6 au 12 kwa pamoja upate punguzo.
plans-lead = Kila kifurushi kina control panel, barua pepe za jina lako, database na FTP. Tofauti ni ukubwa wa nafasi.
plans-due = Unalipa { $amount } sasa
plans-choose = Chagua { $plan }
plans-websites = Tovuti: domain yako kuu pamoja na addon domain za kifurushi.
plans-longer = Ipo pia { $list }; utachagua unapoagiza.
plans-all = Viwango vyote { $n }, bega kwa bega
plans-limit = Kiwango
plans-unsure = Hujui uchague kipi?
plans-unsure-text = Anza na { $plan }. Au tuambie unataka kuweka nini mtandaoni, tutakuambia kinachotosha.

fact-disk = Nafasi ya diski
fact-mailboxes = Barua pepe
fact-websites = Tovuti
fact-databases = Database
fact-traffic = Data kwa mwezi

feature-disk-space = Nafasi ya diski
feature-inodes = Mafaili (inode)
feature-monthly-bandwidth = Data kwa mwezi
feature-ftp-accounts = Akaunti za FTP
feature-e-mail-accounts = Akaunti za barua pepe
feature-quota-per-mailbox = Nafasi ya kila barua pepe
feature-mysql-databases = Database za MySQL
feature-subdomains = Subdomain
feature-parked-domains = Parked domain
feature-addon-domains = Addon domain
feature-hourly-e-mail-limit-per-domain = Barua pepe kwa saa kwa kila domain
feature-max-failed-or-deferred-per-hour = Kiwango cha juu cha barua pepe zilizoshindwa kwa saa
value-unlimited = Bila kikomo
