// The desk's and the board's real windows, on a display of their own, used as an operator uses them: by keys.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { keepPicture as keep, program } from './operator.mjs'
import { Stage } from './stage.mjs'
import { ENTER, ESCAPE, eventually } from './webdriver.mjs'

let stage
let studio

before(async () => {
  stage = await Stage.set()
  studio = await stage.open(program, ['--demo'])
})

after(async () => {
  await studio?.end()
  await stage?.clear()
})

test('desk and board open with something on them', async () => {
  for (const page of ['desk', 'board']) {
    await studio.turnTo(page)
    await studio.find('main')
    await keepPicture(`window-${page}`)
    assert.match(await studio.text('main'), /\p{Script=Han}/u)
  }
})

test('a student is called, photographed, accepted and sent', async () => {
  await studio.turnTo('desk')
  await studio.press('n')
  // The number slides in: a text that is not to be seen yet is empty.
  const number = await eventually('a number is called', () => studio.text('.person-bar .number'))

  await studio.turnTo('board')
  await eventually(`the board calls ${number}`, () => studio.shows('.calls', number))
  await keepPicture('window-board-called')

  await studio.turnTo('desk')
  await studio.type('.scan input', number)
  await studio.press(ENTER)
  await studio.find('.shutter:enabled')
  await eventually('the coach draws its lines', () => studio.has('.live .coach'))
  await keepPicture('window-desk-coach')
  await studio.press(' ')
  await studio.find('.decide button:nth-of-type(2):enabled')
  await keepPicture('window-desk-portrait')

  await studio.press('z')
  await studio.press('\uE014') // Arrow to the right.
  await eventually('the crop moves by a pixel', () => studio.shows('.closer output', '右 1'))
  await eventually('the portrait is composed anew', async () => !(await studio.has('.composing')))
  await keepPicture('window-desk-closer')
  await studio.press('z')

  await studio.press(ENTER)
  await eventually(`${number} waits for the student's yes`, () => studio.shows('.shelf section:nth-of-type(2)', number))
  await keepPicture('window-desk-sent')
})

test('every panel opens beside the work, in both languages', async () => {
  await studio.turnTo('desk')
  const panels = { k: 'camera', o: 'outbox', y: 'printing', d: 'day', ',': 'settings', '?': 'keys' }
  for (const language of ['zh', 'en']) {
    for (const [key, name] of Object.entries(panels)) {
      await studio.press(key)
      await studio.find('.side-panel h2')
      if (name === 'camera') await studio.find('.side-panel li.open')
      if (name === 'day') await studio.find('.side-panel table')
      assert.match(await studio.text('.side-panel'), language === 'zh' ? /\p{Script=Han}/u : /[a-z]{3}/)
      await keepPicture(`window-desk-${name}-${language}`)
      await studio.press(ESCAPE)
      await eventually('the panel is closed', async () => !(await studio.has('.side-panel')))
    }
    await studio.press(',')
    await studio.click('#setting-language')
    await studio.press(ESCAPE)
  }
})

/** Keeps a picture of the window where a person finds it. */
async function keepPicture(name) {
  await keep(studio, name)
}
