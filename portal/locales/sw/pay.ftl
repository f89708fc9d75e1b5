# Ukurasa wa malipo na kumbukumbu za oda.
pay-description = Lipia oda yako kwa simu.
order-crumb = Oda { $number } · { $plan }, { $n ->
    [one] mwezi { $n }
   *[other] miezi { $n }
}
pay-amount = Lipa { $amount }
pay-now = Lipa sasa

pay-title-start = Lipa { $amount }
pay-title-sent = Angalia simu yako
pay-title-slow = Angalia simu yako
pay-title-ask = Bado tunasubiri
pay-title-unknown = Bado hatujapata jibu la mtandao
pay-title-refused = Haijalipwa
pay-title-short = Kiasi kilichofika ni pungufu
pay-title-paid = Malipo yamepokelewa
pay-title-late = Imelipwa, inaandaliwa
pay-title-active = Hosting yako iko tayari
pay-title-cancelled = Oda imeghairiwa

pay-says-start = Tayari kutuma ombi la { $amount } kwenye { $phone }.
pay-says-sent = Ombi limetumwa kwenye { $phone }. Weka PIN yako hapo.
pay-says-slow = Hujaona ombi kwenye skrini? Fungua simu yenye { $phone } na uhakikishe ina mtandao.
pay-says-ask = Bado tunasubiri mtandao. Kama umeshalipa, bonyeza “angalia sasa”.
pay-says-unknown = Bado hatujapata jibu kutoka kwenye mtandao. Kama uliweka PIN, pesa yako iko salama; tunaendelea kuangalia. Usilipe tena.
pay-says-refused = Ombi halikuthibitishwa. Hakuna pesa iliyokatwa. Unaweza kujaribu tena.
pay-says-short = Kiasi kilichofika ni pungufu. Usilipe tena; tutaandika kwa { $email }.
pay-says-paid = Malipo yamepokelewa. Tunaandaa hosting yako sasa.
pay-says-late = Malipo yako yamerekodiwa. Maandalizi yanachukua muda zaidi; tunalishughulikia.
pay-says-active = Hosting yako iko tayari.
pay-says-cancelled = Oda hii imeghairiwa.

pay-start = Lipa { $amount } kwa simu yako
pay-start-lead = Tutatuma ombi kwenye <b class="num">{ $phone }</b>. Utathibitisha hapo kwa PIN yako.
pay-send = Tuma ombi
pay-sent = Angalia simu yako
pay-sent-lead = Weka PIN ya { $operator } kwenye <b class="num">{ $phone }</b> kulipa <b class="num">{ $amount }</b>.
pay-sent-lead-plain = Weka PIN yako kwenye <b class="num">{ $phone }</b> kulipa <b class="num">{ $amount }</b>.
pay-waiting = Tunasubiri { $network }
pay-time-left = Muda uliobaki kuweka PIN
pay-may-close = Unaweza kufunga ukurasa huu. Tutaandika kwa { $email } mara malipo yakifika.
pay-may-close-days = Unaweza kufunga ukurasa huu. Tunaendelea kuuliza kwa siku tatu na tutaandika kwa { $email } tukijua.
pay-slow-notice = <b>Hujaona ombi kwenye skrini?</b> Fungua simu yenye <span class="num">{ $phone }</span> na uhakikishe ina mtandao.
pay-ask = Bado tunasubiri { $network }
pay-ask-lead = Ombi linapaswa kuwa kwenye <b class="num">{ $phone }</b>, la <b class="num">{ $amount }</b>.
pay-check = Nimeshalipa: angalia sasa
pay-send-again = Halijafika: tuma tena
pay-ask-note = Kabla ya kutuma tena, tunauliza mtandao kuhusu ombi la kwanza.
pay-requests-left = { $n ->
    [0] Kwa sasa huwezi kutuma zaidi.
   *[other] Unaweza kutuma mara { $n } zaidi.
}
pay-unknown = Bado hatujapata jibu kutoka kwenye mtandao
pay-unknown-lead = Kama uliweka PIN, pesa yako iko salama; tunaendelea kuangalia. <b>Usilipe tena.</b>
pay-last-asked = Tumeuliza { $time }
pay-asks-again = kila baada ya sek. { $n }
pay-no-pin = Sikuweka PIN yangu
pay-no-pin-text = Basi ombi hili halijalipwa, na unaweza kutuma jipya.
pay-send-new = Tuma ombi jipya
pay-other = Tumia namba nyingine
pay-other-hint = Mtandao wowote. Inaweza kuwa simu ya mtu mwingine.
pay-other-send = Tuma ombi kwenye namba hii
pay-try-again = Jaribu tena kwa <span class="num">&nbsp;{ $phone }</span>
pay-limit = <b>Kwa sasa hatutumi maombi zaidi.</b> Ili kulinda simu yako, tunatuma machache tu mfululizo. Unaweza kutuma jingine { $time }. Kama umeshalipa, bado tutaona.

pay-step-1 = Fungua ombi kwenye simu yako
pay-step-1-text = Unalipa kwa simu hii? Litafunguka juu ya ukurasa huu.
pay-step-2 = Hakikisha jina na kiasi
pay-step-2-text = { $payee } na { $amount }.
pay-step-3 = Weka PIN hapo, kisha rudi hapa
pay-step-3-text = Usiandike PIN yako kwenye tovuti yoyote.

refused-cancelled-title = Ombi limeghairiwa
refused-cancelled-text = Tumejibiwa na { $network }: limeghairiwa kwenye <b class="num">{ $phone }</b>. Hakuna pesa iliyokatwa.
refused-wrong_pin-title = PIN haikuwa sahihi
refused-wrong_pin-text = PIN iliyowekwa kwenye <b class="num">{ $phone }</b> haikukubaliwa na { $network }. Hakuna pesa iliyokatwa.
refused-low_balance-title = Salio halikutosha
refused-low_balance-text = Tumejibiwa na { $network }: salio la <b class="num">{ $phone }</b> halitoshi kwa malipo haya. Hakuna pesa iliyokatwa. Ongeza salio, au tumia namba nyingine.
refused-expired-title = Muda wa ombi umeisha
refused-expired-text = PIN haikuwekwa kwa wakati kwenye <b class="num">{ $phone }</b>. Hakuna pesa iliyokatwa.
refused-limit-title = Kiwango cha mtandao kimefikiwa
refused-limit-text = Kiwango cha leo cha { $network } kwa <b class="num">{ $phone }</b> kimefikiwa. Hakuna pesa iliyokatwa. Tumia namba nyingine, au jaribu kesho.
refused-other-title = Malipo hayakukamilika
refused-other-text = Malipo kutoka <b class="num">{ $phone }</b> hayakupokelewa na { $network }. Hakuna pesa iliyokatwa.
refused-kept = Oda yako bado ipo.

pay-short = Kiasi kilichofika ni pungufu
pay-short-lead = Tumepokea <b class="num">{ $received }</b> kati ya <b class="num">{ $amount }</b>; imebaki <b class="num">{ $missing }</b>.
pay-short-what = Pesa yako imerekodiwa. <b>Usilipe tena:</b> tutakupigia au kukuandikia tulimalize pamoja.
pay-paid = Malipo yamepokelewa
pay-paid-lead = Asante, { $name }. Tunaandaa hosting yako sasa. Inachukua kama dakika moja.
pay-late = Imelipwa. Maandalizi yanachukua muda zaidi
pay-late-lead = Tunalishughulikia, na malipo yako yamerekodiwa. Huhitaji kufanya chochote; tutaandika kwa { $email } ikiwa tayari.
pay-active = Hosting yako iko tayari
pay-active-lead = Fungua control panel uweke tovuti na barua pepe zako. Bila nenosiri la pili.
pay-cancelled = Oda hii imeghairiwa
pay-cancelled-lead = Hakuna kitakachokatwa kwa ajili yake. Kama ulilipa, tuandikie: tunaona kila malipo. Unaweza kuagiza tena wakati wowote.

step-now = sasa
step-late = imechelewa
step-ordered = Oda imewekwa
step-requested = { $state ->
    [now] Tunasubiri PIN kwenye <span class="nb">{ $subject }</span>
   *[other] Ombi limetumwa kwenye <span class="nb">{ $subject }</span>
}
step-refused = Halikuthibitishwa kwenye <span class="nb">{ $subject }</span>
step-short = Kiasi pungufu kimepokelewa
step-paid = Malipo yamepokelewa
step-reserved = { $state ->
    [done] Akaunti imetengwa
   *[other] Tunatenga akaunti
}
step-create = { $state ->
    [done] Akaunti imetengenezwa kwenye seva
    [late] Akaunti bado haijatengenezwa kwenye seva
   *[other] Tunatengeneza akaunti kwenye seva
}
step-check = { $state ->
    [done] Akaunti inajibu
    [late] Akaunti bado haijibu
   *[other] Kuhakikisha inajibu
}
step-mail = { $state ->
    [done] Maelezo yametumwa kwa { $subject }
   *[other] Kukutumia maelezo kwa barua pepe
}
step-cancelled = Oda imeghairiwa
step-suspended = Hosting imesimamishwa

detail-amount-by = { $amount } kwa { $operator }
detail-reference = kumbukumbu { $reference }
detail-order-for = { $plan }, { $n ->
    [one] mwezi { $n }
   *[other] miezi { $n }
}, kwa ajili ya { $domain }
detail-username = Jina la mtumiaji { $username }
detail-retry = Tutajaribu tena { $time }.

problem-phone-limit = Namba hii imeshapokea maombi kadhaa. Jaribu tena { $time }, au tumia namba nyingine
problem-payment-lives = Ombi la mwisho bado linaweza kujibiwa kwenye simu. Unaweza kutuma jipya { $time }
problem-account-limit = Umetuma maombi kadhaa. Unaweza kutuma jingine { $time }. Kama umeshalipa, bado tutaona
problem-address-limit = Maombi mengi yametoka kwenye mtandao wako. Jaribu tena { $time }, au tumia mtandao mwingine
problem-check-limit = Umeangalia mara nyingi sana. Tunaendelea kuuliza mtandao wenyewe; unaweza kuangalia tena { $time }
