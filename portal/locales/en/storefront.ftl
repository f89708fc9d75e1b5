# Landing page and price list.
landing-title = { $company }: web hosting in Tanzania, paid by mobile money
landing-description = Website and email hosting from { $amount } a month. Pay with M-PESA, Mixx by Yas, Airtel Money or HaloPesa.
landing-head = Web hosting you pay for with your phone
landing-lead = Your own website and email, from <b>{ $amount } a month</b>. For shops, schools and small businesses in Tanzania. No bank card needed.
landing-see-plans = See plans and prices
landing-after = What happens after you pay
landing-plans-lead = The price is what you pay: whole shillings, per month.
landing-compare = Compare everything in the plans
landing-after-lead = No waiting for an office to open. Each step shows on your page while it happens, with its time.
landing-note-paid = Payment received
landing-note-ready = { $domain } is ready

prompt-caption = This is how the request looks on your phone. We never see your PIN.
prompt-pay = Pay { $amount } to <span class="nb">{ $payee }?</span>
prompt-pin = Enter your PIN:
prompt-cancel = Cancel
prompt-send = Send

plan-fit-hollyn-lite = One small website: shop, church or CV.
plan-fit-hollyn-grow = A business where each person has an email address.
plan-fit-hollyn-boost = An online shop, or several websites together.
plan-fit-hollyn-max = Schools, agencies and everyone who stops counting.

spec-disk = { $n ->
    [Unlimited] Unlimited disk
   *[other] { $n } disk
}
spec-mailboxes = { $n ->
    [Unlimited] Unlimited mailboxes
    [one] { $n } mailbox
   *[other] { $n } mailboxes
}
spec-websites = { $n ->
    [Unlimited] Unlimited websites
    [one] { $n } website
   *[other] { $n } websites
}

discount-first = Pay for { $n ->
    [one] { $n } month
   *[other] { $n } months
} and take { $percent }% off
discount-more = { $n ->
    [one] { $n } month
   *[other] { $n } months
} { $percent }%

after-1 = You press Pay
after-1-text = We send a payment request to the number that you typed. It may be another person’s phone.
after-2 = Your phone asks for your PIN
after-2-when = in seconds
after-2-text = It names { $company } and the amount. You enter the PIN on the phone, never on this website.
after-3 = The network tells us it is paid
after-3-when = within 2 minutes
after-3-text = We ask the network ourselves before we say so. Your receipt goes to your email.
after-4 = Your hosting is set up
after-4-when = at once
after-4-text = It starts by itself. You watch each step, or close the page and come back.
after-5 = You open your control panel
after-5-when = a minute later
after-5-text = One button on your page, no second password. Add your website and mailboxes.
after-slow = And if the network is slow? We say so on the page, and keep asking it for three days. A payment that comes late still counts.

questions-title = Questions people ask first
question-domain = I have no domain yet. Can I start?
question-domain-text = Yes. Leave the domain empty when you order. Your hosting gets a temporary address, and you put your own domain on it later.
question-again = Will you take money again next month?
question-again-text = No. Mobile money moves only when you enter your PIN. When your time ends, you decide whether to pay again.
question-waits = I paid and the page still waits. What now?
question-waits-text = Do not pay again. If you entered your PIN your money is safe; we keep asking the network. Press “I have paid: check now”, or write to us with your order number.
question-other = Can somebody else pay for me?
question-other-text = Yes. On the payment page choose “Use another number”. The request goes to that phone, the hosting stays yours.
question-price = Is that the whole price?
question-price-text = Yes. The amount on the button is the amount on your phone. Your network may add its own fee, as it does for any payment.

contact-title = Ask a person
contact-lead = Tell us what you want to put online and we say which plan is enough. English or Swahili.

plans-title = Plans and prices
plans-description = Hosting plans from { $amount } a month, with every limit. Pay 3, 6 or 12 months at once and save.
plans-lead = Every plan has the control panel, email in your own name, databases and FTP. They differ in how much fits.
plans-due = You pay { $amount } now
plans-choose = Choose { $plan }
plans-websites = Websites: your main domain and the addon domains of the plan.
plans-longer = There is also { $list } off; choose it when you order.
plans-all = All { $n } limits, side by side
plans-limit = Limit
plans-unsure = Not sure which?
plans-unsure-text = Start with { $plan }. Or tell us what you want to put online and we say what is enough.

fact-disk = Disk space
fact-mailboxes = Mailboxes
fact-websites = Websites
fact-databases = Databases
fact-traffic = Traffic a month

feature-disk-space = Disk space
feature-inodes = Files (inodes)
feature-monthly-bandwidth = Monthly bandwidth
feature-ftp-accounts = FTP accounts
feature-e-mail-accounts = Email accounts
feature-quota-per-mailbox = Quota per mailbox
feature-mysql-databases = MySQL databases
feature-subdomains = Subdomains
feature-parked-domains = Parked domains
feature-addon-domains = Addon domains
feature-hourly-e-mail-limit-per-domain = Emails an hour per domain
feature-max-failed-or-deferred-per-hour = Most failed or deferred emails an hour
value-unlimited = Unlimited
