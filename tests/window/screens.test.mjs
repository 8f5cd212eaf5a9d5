// The board on a second screen: a television that is there, that is chosen, that is pulled and plugged in.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { keepPicture, program } from './operator.mjs'
import { Stage } from './stage.mjs'
import { ESCAPE, eventually } from './webdriver.mjs'

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
