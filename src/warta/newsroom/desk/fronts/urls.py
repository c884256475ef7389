"""The addresses of the fronts' screens; a rubric's number, or 0 for the front page."""

from django.urls import path

from warta.newsroom.desk.fronts import breaking, views

urlpatterns = [
    path("fronts/", views.Fronts.as_view(), name="fronts"),
    path("fronts/<int:rubric>/", views.ArrangeView.as_view(), name="front"),
    path("fronts/<int:rubric>/preview/", views.PreviewView.as_view(), name="front_preview"),
    path("fronts/<int:rubric>/history/", views.HistoryView.as_view(), name="front_history"),
    path("fronts/<int:rubric>/put-back/<int:number>/", views.PutBackView.as_view(), name="front_put_back"),
    path("breaking/", breaking.BreakingView.as_view(), name="breaking"),
    path("breaking/<int:number>/end/", breaking.EndView.as_view(), name="breaking_end"),
]
