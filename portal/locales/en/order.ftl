# The page of an order.
order-title = Order { $number }
order-head = Order <span class="nb">{ $number }</span>
order-description = What happened with your order, and its receipt.
order-page-pending = Not paid yet
order-page-failed = Not paid
order-page-cancelled = Cancelled
order-page-paid = Paid
order-page-setup = Being set up
order-page-late = Being set up
order-page-active = Active
order-page-suspended = Suspended
order-page-complete = Complete
order-lead-pending = Your order is kept. It is set up as soon as { $amount } has arrived.
order-lead-failed = This order was not paid in time and is closed. You can order again at any time.
order-again = See plans and prices
try-setup-again = Try the set-up again
order-lead-finish = Your payment is recorded. Start the set-up now; it takes about a minute.
order-lead-setup = We are setting up your hosting now. It takes about a minute, and this page shows each step.
receipt-for-until = For { $domain }, until { $date }.
receipt-for = For { $domain }.
receipt-until = Until { $date }.
receipt-times = Times are East Africa Time.
service-details = Username and password
