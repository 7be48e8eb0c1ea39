"""Sign-ins beside running streams: passwords are hashed in native threads, so nobody's text waits for them."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tests.fakes.fake import FakeProvider
from tests.server.harness import Live
from tests.server.visitor import BIRTH, PASSWORD, Visitor, text_of

STREAMS, SIGN_INS = 30, 12
MEMBERS = f"""
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
password = make_password("{PASSWORD}")
for number in range({SIGN_INS}):
    email = f"m{{number}}@example.com"
    user = get_user_model().objects.create(username=f"m{{number}}", email=email, password=password)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
"""


def test_thirty_streams_and_twelve_sign_ins_all_end_well(serve: Callable[..., Live]) -> None:
    with FakeProvider("count=60,interval=0.05") as fake:
        live = serve(
            AI_PROVIDERS="deepseek",
            DEEPSEEK_API_KEY="k",
            DEEPSEEK_BASE_URL=fake.url,
            RATELIMIT_ENABLE="false",
            TRUSTED_PROXY_COUNT="1",
        )
        live.manage("shell", "-c", MEMBERS)
        streamed: list[str] = []
        signed_in: list[bool] = []
        all_stream = threading.Event()
        begun = threading.Semaphore(0)

        def watch(number: int) -> None:
            visitor = Visitor(live)
            visitor.get("/accounts/login/")
            begun.release()
            birth = {
                **BIRTH,
                "birth_date": f"1970-06-{number % 28 + 1:02}",
                "birth_time": f"{number // 28:02}:00",
            }
            found = visitor.stream("/fortune/api/streaming/", birth)
            streamed.append(f"{found[-1][0]} {len(text_of(found)) > 0}")

        def sign_in(number: int) -> None:
            # Each from an address of their own, as people are: sign-in is limited per address.
            visitor = Visitor(live, **{"X-Forwarded-For": f"203.0.113.{number}"})
            all_stream.wait(240)
            signed_in.append(visitor.sign_in(f"m{number}@example.com").status_code == 302)

        threads = [threading.Thread(target=watch, args=(number,)) for number in range(STREAMS)]
        threads += [threading.Thread(target=sign_in, args=(number,)) for number in range(SIGN_INS)]
        for thread in threads:
            thread.start()
        for _ in range(STREAMS):
            assert begun.acquire(timeout=240)
        fake.wait_for(lambda stats: stats["peak_streams"] >= STREAMS // 2, seconds=240)
        all_stream.set()
        for thread in threads:
            thread.join(240)
    assert streamed == ["done True"] * STREAMS
    assert signed_in == [True] * SIGN_INS
