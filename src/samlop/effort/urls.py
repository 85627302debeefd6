from django.urls import path

from samlop.effort.views import county, register, report

app_name = "effort"
urlpatterns = [
    path("innsats/", report.report, name="report"),
    path("innsats/bak/", report.behind, name="behind"),
    path("innsats/eksport/", report.export, name="export"),
    path("innsats/ny/", register.register, name="register"),
    path("fylke/innsats/", county.county, name="county"),
    path("fylke/innsats/eksport/", county.export, name="county_export"),
    path("sak/<uuid:case_id>/innsats/<int:seq>/", register.correct, name="correct"),
]
