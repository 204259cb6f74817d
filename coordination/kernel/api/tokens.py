"""Who calls: a person's token, or the session of his browser. Neither is a way round the second factor."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.authentication import SessionScheme
from rest_framework.authentication import SessionAuthentication, TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from coordination.kernel.accounts import ApiToken, device_of, digest, needs_second_factor
from coordination.kernel.organs import User
from coordination.kernel.web.gate import factor_is_due


class PersonalToken(TokenAuthentication):
    """The token of somebody who must have a second factor counts only if it is younger than that factor: then it was
    made in a session that had shown it."""

    def authenticate_credentials(self, key: str) -> tuple:
        token = ApiToken.objects.select_related("user").filter(digest=digest(key)).first()
        if token is None or not token.user.is_active:
            raise AuthenticationFailed(_("接口令牌无效，请在“我的”页面重新生成。"))
        user = token.user
        if user.must_change_password:
            raise AuthenticationFailed(_("请先登录网页修改初始密码，再生成接口令牌。"))
        if needs_second_factor(user):
            device = device_of(user)
            if device is None or token.created < device.created_at:
                raise AuthenticationFailed(_("请先登录网页完成二次验证，再在“我的”页面重新生成接口令牌。"))
        return user, token


class VerifiedSession(SessionAuthentication):
    """A browser's session once it has shown all that the pages ask for."""

    def authenticate(self, request) -> tuple[User, None] | None:
        found = super().authenticate(request)
        plain: HttpRequest = request._request
        if found and (factor_is_due(plain) or found[0].must_change_password):
            raise AuthenticationFailed(_("请先在网页上完成登录。"))
        return found


class VerifiedSessionScheme(SessionScheme):
    """How the schema names it."""

    target_class = "coordination.kernel.api.tokens.VerifiedSession"
