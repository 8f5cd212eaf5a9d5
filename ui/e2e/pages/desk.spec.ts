import { expect, test } from "@playwright/test";

import type { CurrentStudent, LastPortrait } from "../../src/shared/api/types";
import { scan } from "../scanner";
import { faults } from "./axe";
import { called, coaching, lastPortrait, opening, printer, printsAt, ready, webcam } from "./desk-invented";
import { DAY } from "./desk-scenes";
import { gaze, good, thorough, ticket } from "./invented";
import { Station, TOKEN } from "./station";

test.use({ viewport: { width: 1280, height: 720 } });

test("the token leaves the address bar, and reloading still works", async ({ page }) => {
  const station = new Station(page);
  await station.open();
  expect(page.url()).not.toContain(TOKEN);
  await page.reload();
  await expect(page.getByText("机位空闲")).toBeVisible();
});

test("a whole student by keys alone, from call to seal", async ({ page }) => {
  const station = new Station(page);
  station.answers = {
    call_next: () => ({ current: called }),
    scan: () => ({ current: { ...called, phase: "arrived", arrival: "scanned" } }),
    shoot: (state) => {
      const shots = [...(state.current?.shots ?? []), ready(`shot-${(state.current?.shots.length ?? 0) + 1}`, [gaze, ...good])];
      return { current: { ...(state.current as CurrentStudent), shots, selected: shots.at(-1)?.id ?? null } };
    },
    accept: () => ({ current: null }),
  };
  await station.open();

  await page.keyboard.press("n");
  await expect(page.getByText("已叫号 1 次，等候到场")).toBeVisible();
  const field = page.getByPlaceholder("请扫描学生的排号码，或输入号码");
  await expect(field).toBeFocused();
  await page.keyboard.press("Space");
  await field.fill("");

  // A scanner types fast, with letters that are shortcuts elsewhere.
  await scan(page, `${ticket.token}NRXnrx`);
  await expect(page.getByText("已扫码到场")).toBeVisible();

  await page.keyboard.press("Space");
  await expect(page.getByText("视线稍微偏离镜头")).toBeVisible();
  await page.keyboard.press("r");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: /第 2 张/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("机位空闲")).toBeVisible();

  expect(station.commands).toEqual([{ command: "call_next" }, { command: "scan", text: `${ticket.token}NRXnrx` }, { command: "shoot" }, { command: "retake" }, { command: "shoot" }, { command: "accept" }]);
});

test("of 33 findings the complaints stand open, and opening the rest keeps the keys", async ({ page }) => {
  const station = new Station(page);
  await station.open();
  await station.push({ current: { ...called, phase: "arrived", arrival: "scanned", shots: [ready("shot-1", thorough.findings)], selected: "shot-1" } });

  const findings = page.getByRole("group", { name: "检查结果" });
  await expect(findings.getByRole("listitem")).toHaveText([/头向画面右侧歪了/, /没有看镜头/, /眼镜反光盖住/, /双耳：未能自动测量/]);
  const fold = findings.getByRole("button", { name: /其余 28 项合格/ });
  await expect(page.getByText("4 项", { exact: true }), "how many, should some be below the edge").toBeInViewport({ ratio: 1 });
  await fold.click();
  await expect(findings.getByText("衣着对比")).toBeVisible();

  await page.keyboard.press("Space");
  await expect.poll(() => station.commands, "Space shoots, it does not fold").toEqual([{ command: "shoot" }]);
  await expect(fold).toHaveAttribute("aria-expanded", "true");
});

test("a code scanned while somebody stands at the camera presses no shortcut", async ({ page }) => {
  const station = new Station(page);
  await station.open();
  await station.push({ current: { ...called, phase: "arrived", arrival: "scanned", shots: [ready("shot-1")], selected: "shot-1" } });
  await expect(page.getByText("已扫码到场")).toBeVisible();
  await scan(page, "GST1.nrxNRX n");
  await expect.poll(() => station.commands).toEqual([{ command: "scan", text: "GST1.nrxNRX n" }]);
});

test("a number typed by hand is completed", async ({ page }) => {
  const station = new Station(page);
  await station.open();
  await station.push({ current: called });
  await page.getByPlaceholder("请扫描学生的排号码，或输入号码").fill("12");
  await page.keyboard.press("Enter");
  await expect.poll(() => station.commands).toEqual([{ command: "scan", text: "A012" }]);
});

test("an older state never replaces a newer one", async ({ page }) => {
  const station = new Station(page);
  await station.open();
  await station.push({ current: called }, 50);
  await expect(page.getByText("已叫号 1 次")).toBeVisible();
  await station.push({ current: null }, 49);
  await station.push({ notice: { level: "info", zh: "已收到", en: "Received" } }, 48);
  await station.push({ current: called, notice: { level: "info", zh: "较新的一条", en: "Newer" } }, 51);
  await expect(page.getByText("较新的一条")).toBeVisible();
  await expect(page.getByText("已收到")).toHaveCount(0);
});

test("the name bar changes colour from one person to the next", async ({ page }) => {
  const station = new Station(page);
  await station.open();
  const ground = () => page.locator(".person-bar").evaluate((bar) => getComputedStyle(bar).backgroundColor);
  await station.push({ current: { ...called, phase: "arrived", arrival: "typed" } });
  await expect(page.getByText("已核对号码到场")).toBeVisible();
  await expect.poll(ground).not.toBe("rgba(0, 0, 0, 0)");
  const first = await ground();
  await station.push({ current: { ...called, ticket: "ticket-A018", number: "A018", phase: "arrived", arrival: "scanned" } });
  await expect(page.locator(".person-bar .number")).toHaveText("A018");
  await expect.poll(ground).not.toBe(first);
});

test("trouble stands in a bar with its remedy", async ({ page }) => {
  const station = new Station(page);
  await station.open();
  await station.push({ camera: { model: "", ready: false, shoots_on_request: false, has_live_view: false, has_settings: false, trouble_zh: "找不到相机：请打开电源", trouble_en: "No camera found" }, server: "lost" });
  await page.getByRole("button", { name: "重新连接相机" }).click();
  await page.getByRole("button", { name: "立即重试" }).click();
  await expect.poll(() => station.commands).toEqual([{ command: "reopen_camera" }, { command: "retry_outbox" }]);

  await station.cut();
  await expect(page.getByText("与本机采集程序的连接中断")).toBeVisible();
  await expect(page.getByText("与本机采集程序的连接中断"), "opens again by itself").toBeHidden();
});

test("whoever was passed over comes back behind the next three", async ({ page }) => {
  const station = new Station(page);
  await station.open();
  await page.getByRole("button", { name: "排回" }).click();
  await expect.poll(() => station.commands).toEqual([{ command: "come_back", ticket: "ticket-A008", rule: { rule: "after", count: 3 } }]);
});

for (const [width, height] of [
  [1024, 640],
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
] as const) {
  test(`everything fits at ${width}×${height}, in both languages`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const station = new Station(page);
    await station.open();
    await station.push({ current: { ...called, phase: "arrived", arrival: "scanned", shots: [ready("shot-1", thorough.findings)], selected: "shot-1" } });
    for (const language of ["切换到英文", "Switch to Chinese"]) {
      for (const name of [/Space/, /Enter/, / R$/, / X$/, / N$/, / F2$/, / F4$/]) await expect(page.getByRole("button", { name })).toBeInViewport({ ratio: 1 });
      expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight])).toEqual([width, height]);
      await page.keyboard.press(",");
      await page.getByRole("button", { name: language }).click();
      await page.keyboard.press("Escape");
    }
    if (width >= 1800) {
      const portrait = await page.getByRole("img", { name: "标准照" }).boundingBox();
      expect([portrait?.width, portrait?.height], "true size").toEqual([480, 640]);
    }
  });
}

test("how calls are spoken is set among the desk's settings, found by its name, and counts at once", async ({ page }) => {
  const station = new Station(page);
  station.answers = { change_settings: (_state, command) => (command.command === "change_settings" ? { settings: command.settings } : {}) };
  await station.open();
  await station.push({ colleagues: [{ station: "station-2", name: "2号机位" }] });
  await page.getByRole("button", { name: /设置/ }).first().click();
  await page.getByRole("searchbox", { name: "查找设置" }).fill("播报");
  for (const name of ["普通话和英语", "3 遍", "2号机位"]) {
    await page.getByRole("button", { name }).click();
    await expect(page.getByRole("button", { name })).toHaveAttribute("aria-pressed", "true");
  }
  await page.getByLabel("音量").fill("35");
  const voice = { speaks: "at_the_server", languages: ["zh", "en"], times: 3, chime: true, volume: 35, stations: ["2号机位"] };
  await expect.poll(() => station.commands.at(-1), "nothing else is changed").toEqual({ command: "change_settings", settings: { ...opening.settings, voice } });
  await page.getByRole("button", { name: "不在这台电脑" }).click();
  await expect(page.getByLabel("音量")).toBeHidden();
});

test("the coach speaks in one large line, and the automatic shutter counts down in sight and stops by a key", async ({ page }) => {
  const station = new Station(page);
  station.answers = { stop_countdown: (state) => ({ current: { ...(state.current as CurrentStudent), countdown: null } }) };
  await station.open();
  await station.push({ current: { ...called, phase: "arrived", arrival: "scanned" } });
  await station.coach({ ...coaching, hints: [{ id: "chin_up", zh: "下巴稍抬", en: "Chin up a little" }] });
  await expect(page.getByRole("status").filter({ hasText: "下巴稍抬" })).toBeVisible();
  await station.coach({ ...coaching, ready: true });
  await station.push({ current: { ...called, phase: "arrived", arrival: "scanned", countdown: { serial: 1, millis: 3000 } } });
  await expect(page.getByRole("timer", { name: "自动拍摄倒计时" })).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect(page.getByRole("timer")).toBeHidden();
  expect(station.commands).toEqual([{ command: "stop_countdown" }]);
});

test("the crop moves by keys while the shutter's keys go on working, and digits choose among the shots", async ({ page }) => {
  const station = new Station(page);
  const shots = [ready("shot-1"), ready("shot-2")];
  station.answers = {
    nudge_crop: (state, command) => {
      const current = state.current as CurrentStudent;
      return command.command === "nudge_crop" ? { current: { ...current, shots: current.shots.map((it) => (it.id === command.shot ? { ...it, nudge: command.nudge, edition: it.edition + 1 } : it)) } } : {};
    },
    select_shot: (state, command) => (command.command === "select_shot" ? { current: { ...(state.current as CurrentStudent), selected: command.shot } } : {}),
  };
  await station.open();
  await station.push({ current: { ...called, phase: "arrived", arrival: "scanned", shots, selected: "shot-2" } });
  await page.keyboard.press("1");
  await expect.poll(() => station.commands).toEqual([{ command: "select_shot", shot: "shot-1" }]);
  await expect(page.getByRole("button", { name: /第 1 张/ })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("z");
  await expect(page.locator(".closer .plate")).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("右 1 下 0 大 0%")).toBeVisible();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByText("右 1 下 6 大 0%")).toBeVisible();
  await page.keyboard.press("0");
  await expect(page.getByText("右 0 下 0 大 0%")).toBeVisible();
  await page.keyboard.press("Space");
  await expect.poll(() => station.commands.at(-1)).toEqual({ command: "shoot" });
});

test("a number is found and called by keys alone, and the present one goes to another station", async ({ page }) => {
  const station = new Station(page);
  await station.open();
  await station.push({ colleagues: [{ station: "station-2", name: "2号机位" }] });
  await page.keyboard.press("/");
  await page.keyboard.type("13");
  await expect(page.getByText("林**")).toBeHidden();
  await page.keyboard.press("Enter");
  await expect.poll(() => station.commands.at(-1)).toEqual({ command: "call_ticket", ticket: "ticket-A013" });
  await station.push({ current: called });
  await page.getByPlaceholder("请扫描学生的排号码，或输入号码").blur();
  await page.keyboard.press("t");
  await page.keyboard.press("Enter");
  await expect.poll(() => station.commands.at(-1)).toEqual({ command: "transfer", station: "station-2" });
  await page.keyboard.press("h");
  await expect.poll(() => station.commands.at(-1)).toEqual({ command: "pause" });
});

test("the present one is sent to another studio, whose name and distance are shown, by keys alone", async ({ page }) => {
  const station = new Station(page);
  const studios = [{ id: "studio-2", name: "第二照相馆", address: "学院路 2 号", distance_m: 312 }];
  station.answers = { find_studios: (state) => ({ current: { ...(state.current as CurrentStudent), studios } }) };
  await station.open();
  await station.push({ current: called });
  await page.getByPlaceholder("请扫描学生的排号码，或输入号码").blur();
  await page.keyboard.press("t");
  await expect(page.getByRole("button", { name: "别的照相馆" })).toBeFocused();
  await page.keyboard.press("Enter");
  const there = page.getByRole("button", { name: /第二照相馆\s*310 米/ });
  await there.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => station.commands).toEqual([{ command: "find_studios" }, { command: "transfer_to_studio", studio: "studio-2" }]);
  await expect(there).toBeHidden();
});

test("the report of an earlier day is one choice away", async ({ page }) => {
  const station = new Station(page);
  station.day = DAY;
  await station.open();
  await page.keyboard.press("d");
  await page.getByRole("combobox", { name: "哪一天" }).selectOption("2026-05-17");
  await expect(page.getByText("2026-05-17 · 示范照相馆")).toBeVisible();
});

test("the camera panel says why a camera cannot be used, and each panel is read well by a screen reader", async ({ page }) => {
  const station = new Station(page);
  await station.open();
  await station.push({ panel: { devices: [{ id: "gphoto2:1", name: "Nikon D750", trouble_zh: "相机正被其他程序占用，请关闭其他拍照或相册程序", trouble_en: "Another program is using the camera" }], settings: [], presets: [] } });
  for (const [key, words] of [["k", "相机正被其他程序占用"], ["o", "封存的标准照都在本机磁盘上"], [",", "实时引导"], ["?", "叫下一位"]] as const) {
    await page.keyboard.press(key);
    const panel = page.getByRole("dialog");
    await expect(panel.getByText(words).first()).toBeVisible();
    expect(await faults(page, ".side-panel")).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(panel).toBeHidden();
  }
});

test("a webcam is used only when it is chosen: as the camera, whose settings have their automatics, or as the scanner", async ({ page }) => {
  const station = new Station(page);
  station.answers = { change_settings: (_state, command) => (command.command === "change_settings" ? { settings: command.settings } : {}) };
  await station.open();
  const exposure = { key: "shutter" as const, value: "自动 Auto", choices: ["自动 Auto", "1/100 s", "1/60 s"], writable: true };
  await station.push({ camera: { ...opening.camera, model: webcam.name, has_settings: true }, panel: { devices: [webcam], settings: [exposure, { key: "anti_flicker", value: "50 Hz", choices: ["关 Off", "50 Hz", "60 Hz"], writable: true }], presets: [] } });
  await page.keyboard.press("k");
  const panel = page.getByRole("dialog");
  await expect(panel.getByText("摄像头，选用后才会打开")).toBeVisible();
  await panel.getByRole("combobox", { name: "快门" }).selectOption("1/100 s");
  await expect.poll(() => station.commands.at(-1)).toEqual({ command: "set_camera", key: "shutter", value: "1/100 s" });
  await expect(panel.getByRole("combobox", { name: "防闪烁" })).toHaveValue("50 Hz");
  await panel.getByRole("button", { name: "改用" }).click();
  await expect.poll(() => station.commands.at(-1)).toEqual({ command: "choose_camera", id: webcam.id });
  await page.keyboard.press("Escape");
  await page.keyboard.press(",");
  await page.getByRole("searchbox", { name: "查找设置" }).fill("摄像头");
  const choice = panel.getByRole("combobox", { name: /用摄像头扫码/ });
  await choice.selectOption({ label: webcam.name });
  await expect.poll(() => station.commands.at(-1)).toEqual({ command: "change_settings", settings: { ...opening.settings, scanner_webcam: webcam.id } });
  await station.push({ panel: { devices: [], settings: [], presets: [] } });
  await expect(choice.getByRole("option", { selected: true })).toHaveText("未接上的摄像头");
});

test("P prints the portrait that was just accepted, a second print is asked about, and a lost answer is said", async ({ page }) => {
  const station = new Station(page);
  await station.open();
  await station.push({ settings: printsAt(), printer: { link: printer, found: null, test: null }, last_portrait: lastPortrait });
  const last = page.getByRole("region", { name: "刚拍完的 A011" });
  await expect(last.getByRole("img", { name: "A011 的排版" })).toBeVisible();
  await expect(last.getByRole("button", { name: "打印 2 份" })).toBeVisible();
  await page.keyboard.press("p");
  await expect.poll(() => station.commands).toEqual([{ command: "print", shot: "shot-9", copies: null, printed: 0 }]);

  await station.push({ last_portrait: { ...lastPortrait, print: "print-1", stage: { stage: "checking", copies: 2 } } });
  await expect(last.getByRole("status")).toHaveText(/应答丢了/);
  await page.keyboard.press("p");
  await station.push({ last_portrait: { ...lastPortrait, printed: 2, print: "print-1", stage: { stage: "done", copies: 2 } } });
  await expect(last.getByRole("status")).toHaveText("打印好了 2 份");
  await station.push({ last_portrait: { ...lastPortrait, printed: 2, print: "print-1", stage: { stage: "asking", copies: 2 } } });
  await expect(last.getByRole("status")).toHaveText("已打印 2 份，再打印 2 份？");
  await page.keyboard.press("p");
  await expect(last.getByRole("button", { name: "再打印" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect.poll(() => station.commands.slice(1), "no key but the answer's prints").toEqual([{ command: "print", shot: "shot-9", copies: 2, printed: 2 }]);

  await station.push({ last_portrait: { ...lastPortrait, print: "print-2", stage: { stage: "unsure", copies: 2 } } });
  await last.getByRole("button", { name: "没有打出来" }).click();
  await expect.poll(() => station.commands.at(-1)).toEqual({ command: "settle_print", print: "print-2", printed: false });
  await station.push({ current: { ...called, phase: "arrived", arrival: "scanned" }, last_portrait: null });
  await expect(last).toBeHidden();
  await station.push({ printer: { link: { ...printer, standing: "stopped", jobs: 1, troubles: [{ stops: true, zh: "卡纸：请打开打印机取出卡住的纸", en: "Paper jam" }] }, found: null, test: null } });
  await expect(page.getByRole("alert"), "a sheet that is stuck is said while others are photographed").toHaveText(/卡纸/);
});

test("the print panel chooses printer, paper and copies, says what the printer wants, and asks before a queue is used", async ({ page }) => {
  const station = new Station(page);
  station.answers = { change_settings: (_state, command) => (command.command === "change_settings" ? { settings: command.settings } : {}) };
  await station.open();
  await page.keyboard.press("y");
  const panel = page.getByRole("dialog", { name: "打印" });
  await expect(panel.getByText("还没有打开打印")).toBeVisible();
  await panel.getByRole("button", { name: "直接发到打印机" }).click();
  await panel.getByRole("button", { name: "查找打印机" }).click();
  await expect.poll(() => station.commands.at(-1)).toEqual({ command: "find_printers" });
  await station.push({ printer: { link: null, found: [{ name: "前台的相片打印机", address: "ipp://localhost:631/printers/Photo", spools: true }], test: null } });
  await panel.getByRole("button", { name: "用这台" }).click();
  await station.push({ printer: { link: { ...printer, spools: true, standing: "stopped", jobs: 1, troubles: [{ stops: true, zh: "打印机缺纸：请装纸，装好后会接着打", en: "Out of paper" }] }, found: [], test: null }, last_portrait: lastPortrait });
  await expect(panel.getByText("打印机缺纸：请装纸").first()).toBeVisible();
  await expect(panel.getByRole("button", { name: "五寸（打印机没有）" })).toBeDisabled();
  await panel.getByRole("button", { name: "A4", exact: true }).click();
  await panel.getByRole("checkbox", { name: /同意经过系统的打印队列/ }).check();
  await panel.getByRole("button", { name: "多一份" }).click();
  await panel.getByRole("button", { name: "打印 2 份" }).click();
  await expect.poll(() => station.commands.at(-1)).toEqual({ command: "print", shot: "shot-9", copies: 2, printed: 0 });
  const settings = station.commands.filter((it) => it.command === "change_settings").at(-1);
  expect(settings).toMatchObject({ settings: { printing: { way: "printer", address: "ipp://localhost:631/printers/Photo", paper: "a4", spool_agreed: true } } });
  await panel.getByRole("button", { name: "打印测试页" }).click();
  await expect.poll(() => station.commands.at(-1)).toEqual({ command: "test_print" });
  expect(await faults(page, ".side-panel")).toEqual([]);
});

test("the system's dialog gets the sheet alone, as many pages as copies, and a person says what came of it", async ({ page }) => {
  const station = new Station(page);
  await page.addInitScript(() => {
    window.print = () => {
      // What would be on paper: the pages that are not hidden from it.
      const pages = [...document.querySelectorAll<HTMLImageElement>("#print-sheet img")];
      (window as unknown as { printed: unknown }).printed = { pages: pages.length, loaded: pages.every((it) => it.complete), rules: document.head.lastElementChild?.textContent };
      window.dispatchEvent(new Event("afterprint"));
    };
  });
  station.answers = { print: (state) => ({ last_portrait: { ...(state.last_portrait as LastPortrait), printed: 3, print: "print-1", stage: { stage: "dialog", copies: 3 } } }) };
  await station.open();
  await station.push({ settings: printsAt({ way: "dialog", paper: "five_inch", copies: 3, spool_agreed: true }), last_portrait: lastPortrait });
  await page.keyboard.press("p");
  await expect.poll(() => page.evaluate(() => (window as unknown as { printed?: { pages: number; loaded: boolean; rules: string } }).printed)).toMatchObject({ pages: 3, loaded: true, rules: expect.stringContaining("size: 89mm 127mm") as unknown });
  await expect(page.locator("#print-sheet"), "nothing of the sheet stays in the page").toHaveCount(0);
  await page.getByRole("button", { name: "打出来了", exact: true }).click();
  await expect.poll(() => station.commands.at(-1)).toEqual({ command: "settle_print", print: "print-1", printed: true });
});

test("opened by itself, the desk says how to open it", async ({ page }) => {
  await page.goto("/desk.html");
  await expect(page.getByRole("heading", { name: "采集台要从本机打开" })).toBeVisible();
});
