"""The addresses of the press rules' screens: those about one article, which stand beside its editor, and the list."""

from django.urls import path

from warta.newsroom.desk.rules import overview, ranking, views

of_article = [
    path("rules/<int:pk>/", overview.RulesOfArticle.as_view(), name="rules"),
    path("rules/<int:pk>/correct/", views.CorrectView.as_view(), name="correct"),
    path("rules/<int:pk>/reply/", views.ReceiveView.as_view(), name="receive"),
    path("rules/<int:pk>/reply/<int:reply>/", views.AnswerView.as_view(), name="answer"),
    path("rules/<int:pk>/unverified/", views.UnverifiedView.as_view(), name="unverified"),
    path("rules/<int:pk>/follow-up/", views.FollowUpView.as_view(), name="follow_up"),
    path("rules/<int:pk>/withdraw/", views.WithdrawView.as_view(), name="withdraw"),
    path("rules/<int:pk>/put-back/", views.PutBackView.as_view(), name="put_back"),
    path("rules/<int:pk>/unrank/", ranking.UnrankView.as_view(), name="unrank"),
    path("rules/<int:pk>/rank-again/", ranking.RankAgainView.as_view(), name="rank_again"),
]
of_desk = [path("press-rules/", overview.AllRules.as_view(), name="press_rules")]
