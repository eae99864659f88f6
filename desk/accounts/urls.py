"""URLs of the second factor, below /admin/second-factor/."""

from django.urls import path

from desk.accounts import views

urlpatterns = [
    path("", views.second_factor_page, name="desk-second-factor"),
    path("picture.svg", views.picture, name="desk-second-factor-picture"),
    path("code/", views.enter_code, name="desk-second-factor-code"),
    path("recovery-codes/", views.renew_recovery_codes, name="desk-recovery-codes"),
    path("give-up/", views.disable, name="desk-second-factor-give-up"),
]
