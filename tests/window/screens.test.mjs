// What the desk has from the system: a television as the board's screen, chosen, pulled and plugged in, and its print dialog.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { ACCEPT, keepPicture, program } from './operator.mjs'
import { Stage } from './stage.mjs'
import { ENTER, ESCAPE, eventually } from './webdriver.mjs'

const DESK = { output: 'DUMMY0', mode: '1600x900', x: 0, y: 0, width: 1600, height: 900 }
const TELEVISION = { output: 'DUMMY1', mode: '1280x720', x: 1600, y: 0, width: 1280, height: 720 }
const BOARD = 'Gradshot 大屏'

let stage
let studio

before(async () => {
  stage = await Stage.set({ outputs: true })
  await show(DESK)
  await plugIn(TELEVISION)
  studio = await stage.open(program, ['--demo'])
  await studio.turnTo('desk')
  await studio.find('main')
})

after(async () => {
  await studio?.end()
  await stage?.clear()
})

test('the board fills the television, the screen that is chosen, or none, and opens again after it was closed', async () => {
  await boardFills(TELEVISION)
  await studio.press(',')
  const screens = ['.place .chip:nth-of-type(1)', '.place .chip:nth-of-type(2)', '.place .chip:nth-of-type(3)']
  await eventually('the screens are listed', () => studio.shows(screens[2], '普通窗口'))
  assert.match(await studio.text(screens[0]), /DUMMY0.*1600×900.*操作台/)
  assert.match(await studio.text(screens[1]), /DUMMY1.*1280×720/)
  await keepPicture(studio, 'screens-settings')

  await studio.click(screens[0])
  await boardFills(DESK)
  await studio.click(screens[2])
  await eventually('the board is a plain window', async () => {
    const { width, height } = (await stage.placeOf(BOARD)) ?? DESK
    return width !== DESK.width && height !== DESK.height
  })
  for (const window of await stage.windowsOf(BOARD)) await stage.tool('xdotool', 'windowactivate', '--sync', window, 'key', 'alt+F4')
  await eventually('the board is closed', async () => (await stage.placeOf(BOARD)) === undefined)
  await studio.click(screens[1])
  await boardFills(TELEVISION)
})

test('a television that was pulled is not offered, and one that is plugged in meanwhile is', async () => {
  await stage.tool('xrandr', '--output', TELEVISION.output, '--off')
  const screens = '.place .chip:nth-of-type(2)'
  await eventually('one screen is left', async () => {
    await studio.click('.place .chip:last-of-type')
    return studio.shows(screens, '普通窗口')
  })
  await plugIn(TELEVISION)
  await eventually('it is there again', async () => {
    await studio.click('.place .chip:last-of-type')
    return studio.shows(screens, TELEVISION.output)
  })
  await studio.click(screens)
  await boardFills(TELEVISION)
  await studio.press(ESCAPE)
})

test("the system's dialog prints the sheet alone, in its true size, as many pages as copies", async () => {
  await studio.press('y')
  await studio.click('.side-panel .chips .chip:nth-of-type(2)')
  await studio.click('.side-panel .check input')
  await studio.press(ESCAPE)
  await photographOne()
  await studio.press('p')
  const cancelled = await dialog()
  await keepPicture(studio, 'screens-dialog')
  await stage.tool('xdotool', 'windowactivate', '--sync', cancelled, 'key', 'Escape')
  await eventually('a dialog that was closed prints nothing', () => studio.shows('.last-print .keys', 'P'))

  await studio.press('p')
  const opened = await dialog()
  // Without a printer there is a file to print to: the first in the list, below the tabs.
  await stage.tool('xdotool', 'windowactivate', '--sync', opened, 'key', 'Tab', 'Down', 'Return')
  const facts = await eventually('the sheet is on paper', async () => stage.tool('pdfinfo', join(await stage.folder('.'), 'output.pdf')).catch(() => ''))
  assert.match(facts, /Pages:\s+1\n/)
  const sides = facts.match(/Page size:\s+([\d.]+) x ([\d.]+) pts/).slice(1)
  assert.deepEqual(sides.map((points) => Math.round((Number(points) / 72) * 25.4)), [102, 152], 'six inches')
  await studio.find('.last-print .keys button:nth-of-type(2)')
  await keepPicture(studio, 'screens-asked-what-came-of-it')
  await studio.click('.last-print .keys button:nth-of-type(1)')
  await eventually('the sheet is counted', () => studio.shows('.last-print', '1'))
})

async function photographOne() {
  await studio.press('n')
  const number = await eventually('a number is called', () => studio.text('.person-bar .number'))
  await studio.type('.scan input', number)
  await studio.press(ENTER)
  await studio.find('.shutter:enabled')
  await studio.press(' ')
  await studio.find(`${ACCEPT}:enabled`)
  await studio.press(ENTER)
  await studio.find('.last-print')
}

/** The print dialog, once it is open. It is the system's: so is its language. */
async function dialog() {
  return eventually('the dialog is open', async () => (await stage.windowsOf('^(Print|打印)$'))[0])
}

async function show({ output, mode, x, y }) {
  await stage.tool('xrandr', '--output', output, '--mode', mode, '--pos', `${x}x${y}`)
  // What is plugged in is looked at anew.
  await stage.tool('xrandr', '--query')
}

async function plugIn(screen) {
  await stage.tool('xrandr', '--addmode', screen.output, screen.mode).catch(() => {})
  await show(screen)
}

async function boardFills({ x, y, width, height, output }) {
  await eventually(`the board fills ${output}`, async () => {
    const place = await stage.placeOf(BOARD)
    return place && place.x === x && place.y === y && place.width === width && place.height === height
  })
}
