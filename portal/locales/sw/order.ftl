# Ukurasa wa oda.
order-title = Oda { $number }
order-head = Oda <span class="nb">{ $number }</span>
order-description = Kilichofanyika kwenye oda yako, na risiti yake.
order-page-pending = Haijalipwa bado
order-page-failed = Haijalipwa
order-page-cancelled = Imeghairiwa
order-page-paid = Imelipwa
order-page-setup = Inaandaliwa
order-page-late = Inaandaliwa
order-page-active = Inafanya kazi
order-page-suspended = Imesimamishwa
order-page-complete = Imekamilika
order-lead-pending = Oda yako ipo. Tutaiandaa mara tu { $amount } itakapofika.
order-lead-failed = Oda hii haikulipwa kwa wakati na imefungwa. Unaweza kuagiza tena wakati wowote.
order-again = Ona vifurushi na bei
try-setup-again = Jaribu maandalizi tena
order-lead-finish = Malipo yako yamerekodiwa. Anza maandalizi sasa; yanachukua kama dakika moja.
order-lead-setup = Tunaandaa hosting yako sasa. Inachukua kama dakika moja, na kila hatua inaonekana hapa.
receipt-for-until = Kwa ajili ya { $domain }, hadi { $date }.
receipt-for = Kwa ajili ya { $domain }.
receipt-until = Hadi { $date }.
receipt-times = Saa ni za Afrika Mashariki.
service-details = Jina la mtumiaji na nenosiri
