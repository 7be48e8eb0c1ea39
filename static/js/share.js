// Sending a link: KakaoTalk where it is configured, the system's own sheet, or a copy. Each button does
// what it says; the KakaoTalk script is fetched only when that button is pressed.

const KAKAO = {
  src: "https://t1.kakaocdn.net/kakao_js_sdk/2.7.4/kakao.min.js",
  integrity: "sha384-DKYJZ8NLiK8MN4/C5P2dtSmLQ4KwPaoqAfyA/DfmEc1VDxu4yyC7wy6K1Hs90nka",
};

for (const item of document.querySelectorAll("[data-share]")) {
  const { share: url, title, picture } = item.dataset;

  const system = item.querySelector("[data-system]");
  if (navigator.share) {
    system.hidden = false;
    system.addEventListener("click", () => navigator.share({ title, url }).catch(() => {}));
  }

  const copy = item.querySelector("[data-copy-link]");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(url);
    const label = copy.textContent;
    copy.textContent = copy.dataset.done;
    document.querySelector("[data-announce]").textContent = copy.dataset.done;
    setTimeout(() => {
      copy.textContent = label;
    }, 2000);
  });

  const kakao = item.querySelector("[data-kakao]");
  kakao?.addEventListener("click", async () => {
    const sdk = await load(kakao.dataset.kakao).catch(() => null);
    if (!sdk) return void (kakao.hidden = true);
    const link = { mobileWebUrl: url, webUrl: url };
    sdk.Share.sendDefault({
      objectType: "feed",
      content: { title, imageUrl: picture, link },
      buttons: [{ title, link }],
    });
  });
}

function load(key) {
  if (window.Kakao) return Promise.resolve(window.Kakao);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = KAKAO.src;
    script.integrity = KAKAO.integrity;
    script.crossOrigin = "anonymous";
    script.addEventListener("load", () => {
      window.Kakao.init(key);
      resolve(window.Kakao);
    });
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}
