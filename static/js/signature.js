// A sheet on which the person draws the signature. Where scripts do not run it stays hidden: the code and the paper remain.
for (const section of document.querySelectorAll("[data-signature]")) {
  const canvas = section.querySelector("canvas");
  const field = section.querySelector("input[name='drawing']");
  const pen = canvas.getContext("2d");
  let isDrawing = false;

  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    const along = (value, size, most) => Math.max(0, Math.min(most, Math.round((value / size) * most)));
    return [along(event.clientX - box.left, box.width, canvas.width), along(event.clientY - box.top, box.height, canvas.height)];
  };
  const clear = () => {
    field.value = "";
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 3;
    pen.lineCap = "round";
    pen.strokeStyle = "#17324d";
  };
  canvas.addEventListener("pointerdown", (event) => {
    isDrawing = true;
    canvas.setPointerCapture(event.pointerId);
    const [x, y] = point(event);
    field.value += `M${x} ${y}`;
    pen.beginPath();
    pen.moveTo(x, y);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!isDrawing) return;
    const [x, y] = point(event);
    field.value += `L${x} ${y}`;
    pen.lineTo(x, y);
    pen.stroke();
  });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => { isDrawing = false; });
  section.querySelector("[data-clear]").addEventListener("click", clear);
  section.hidden = false;
  clear();
}
