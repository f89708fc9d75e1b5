# The layout of all pages, and texts that several pages share.
language-other = Kiswahili
skip = Skip to content
layout-description = Web hosting in Tanzania, paid by mobile money.
title-error = Error:
optional = (optional)

nav-main = Main
nav-more = More
nav-account = Account
nav-plans = Plans
nav-questions = Questions
nav-help = Help
nav-overview = Overview
nav-services = Services
nav-orders = Orders
nav-profile = Profile
sign-in = Sign in
sign-out = Sign out

foot-place = Dar es Salaam
foot-line = Web hosting, paid by mobile money.
help-foot = { $way ->
    [whatsapp] Help on WhatsApp
   *[other] Help
}
help-button = { $way ->
    [whatsapp] Write on WhatsApp
   *[other] Write to us
}
help-wrong = Something wrong?
help-name-order = and name order <span class="nb">{ $number }</span>.

sandbox-label = Sandbox
sandbox-strip = Sandbox: nothing here costs money.
sandbox-open = Open the sandbox
viewing-label = Viewing as a customer
viewing-as = Viewing as <b>{ $name }</b> until <span class="num">{ $time }</span>
viewing-stop = Return to admin

live-offline = You are offline. We keep checking.
copied = Copied
see-plans = See plans
see-plans-from = See plans, from { $amount }
see-order = See the order
see-receipt = See the receipt
open-panel = Open control panel
finish-setup = Finish set-up
what-happened = What happened
your-order = Your order
change = Change
pager = Pages
pager-before = Newer
pager-next = Older
pager-at = Page { $page } of { $pages }
list-past = There is nothing on this page any more.
list-first = To the first page

months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
plan-months = { $plan }, { $n ->
    [one] { $n } month
   *[other] { $n } months
}
percent-off = { $percent }% off
full-price = Full price
a-month = a month
pay-for = Pay for
pay-with = Pay with
can-pay-with = You can pay with
the-network = the network

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

fact-order = Order
fact-plan = Plan
fact-domain = Domain
fact-temporary = Temporary address
fact-phone = Phone
fact-paid-from = Paid from
fact-paid-until = Paid until
fact-paid = Paid
fact-to-pay = To pay
fact-to-pay-now = To pay now
fact-received = Received
fact-missing = Missing
fact-receipt = Receipt
fact-date = Date
fact-customer = Customer
fact-reference = Reference
fact-username = Username
fact-password = Password
fact-panel = Control panel
fact-device = Device
fact-address = Address
