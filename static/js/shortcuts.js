// Keys for who works here all day: "/" search, "j" and "k" along a list, "?" the page that explains them and turns them off.
// Nothing happens while somebody types, nor together with another key (WCAG 2.1.4).
const { search, help } = document.currentScript.dataset;

const isTyping = (element) => element.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(element.tagName);

const step = (by) => {
  const links = [...document.querySelectorAll("[data-keys] tbody th a")];
  const here = links.indexOf(document.activeElement);
  const next = here < 0 ? (by > 0 ? 0 : links.length - 1) : Math.max(0, Math.min(links.length - 1, here + by));
  links[next]?.focus();
};

const keys = {
  "/": () => {
    const field = document.querySelector("input[name='persona']");
    if (field) field.focus();
    else location.assign(search);
  },
  "?": () => location.assign(help),
  j: () => step(1),
  k: () => step(-1),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target) || !(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});
