from django.urls import path

from samlop.portal import absence_views, payment_views, views

app_name = "portal"
urlpatterns = [
    path("min-side/", views.home, name="home"),
    path("min-side/utbetaling/", payment_views.payments, name="payments"),
    path("min-side/utbetaling/<slug:month>.pdf", payment_views.payment_pdf, name="payment_pdf"),
    path("min-side/fravaer/", absence_views.absence, name="absence"),
    path("min-side/fravaer/<uuid:absence_id>/trekk/", absence_views.take_back, name="take_back_absence"),
]
