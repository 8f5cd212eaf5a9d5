// A whole session in the real window with a camera on a cable: the real libgphoto2 and its PTP driver, and a virtual camera
// at the other end, with a card, settings and faults of its own.

import assert from 'node:assert/strict'
import { access, copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { Operator, program } from './operator.mjs'
import { Rehearsal } from './rehearsal.mjs'
import { Stage } from './stage.mjs'
import { ESCAPE, eventually } from './webdriver.mjs'

const root = new URL('../../', import.meta.url)
const person = new URL('assets/photos/hopper_plain_wall.jpg', root)
const iolibs = fileURLToPath(new URL('target/tools/vcam/iolibs', root))

let stage
let server
let desk
let operator
let switches

before(async () => {
  await access(`${iolibs}/vusb.so`)
  stage = await Stage.set()
  server = new Rehearsal(await stage.folder('server'))
  await server.start()
  const camera = await stage.folder('camera')
  switches = `${camera}/switches`
  const card = `${camera}/card/DCIM/100GPHOT`
  await Promise.all([switches, card].map((folder) => mkdir(folder, { recursive: true })))
  // Each capture copies the photo on the card; the live picture is a file too.
  await Promise.all([`${card}/OLD_0001.JPG`, `${camera}/live.jpg`].map((place) => copyFile(person, place)))
  stage.tell({ IOLIBS: iolibs, VCAMERA_STORE: `${camera}/card`, VCAMERA_SWITCHES: switches, VCAMERA_LIVE: `${camera}/live.jpg` })
  desk = await stage.open(program, [])
  await desk.turnTo('desk')
  operator = new Operator(desk, server)
})

after(async () => {
  await desk?.end().catch(() => {})
  await server?.stop()
  await stage?.clear()
})

test('the camera on the cable is found by itself and shown with its settings', async () => {
  await operator.pair()
  await operator.closeSetUp()
  await desk.press('k')
  await eventually('it is in use', () => desk.shows('.side-panel li.open', 'Nikon DSC D750'))
  await eventually('its settings are shown', () => desk.has('select[name=iso]'))
  assert.equal(await desk.value('select[name=iso]'), '200')
  await operator.keepPicture('dslr-settings')
})

test('a setting is set at the camera, kept as a preset and brought back by it', async () => {
  await desk.click('select[name=iso] option[value="400"]')
  await eventually('the camera took it', async () => (await desk.value('select[name=iso]')) === '400')
  await desk.type('.keep input', '窗边')
  await desk.click('.keep button')
  await eventually('the preset is kept', () => desk.shows('.presets', '窗边'))
  await desk.click('select[name=iso] option[value="800"]')
  await eventually('another sensitivity', async () => (await desk.value('select[name=iso]')) === '800')
  await desk.click('.presets li button')
  await eventually('the preset is back', async () => (await desk.value('select[name=iso]')) === '400')
  await operator.keepPicture('dslr-preset')
  await desk.press(ESCAPE)
  await eventually('the panel is closed', async () => !(await desk.has('.side-panel')))
})

test('a desk that was closed sets the camera as it was, though the camera forgot', async () => {
  await desk.end()
  desk = await stage.open(program, [])
  await desk.turnTo('desk')
  operator = new Operator(desk, server)
  await eventually('the desk is up', () => desk.shows('.queue', server.invitation.tickets[0].number))
  await desk.press('k')
  await eventually('its settings are shown', () => desk.has('select[name=iso]'))
  await eventually('the sensitivity is the studio\'s', async () => (await desk.value('select[name=iso]')) === '400')
  await desk.press(ESCAPE)
  await eventually('the panel is closed', async () => !(await desk.has('.side-panel')))
})

test('a student is called, scanned, coached, photographed and sealed', async () => {
  const number = await operator.call()
  await eventually('the coach draws its lines', () => desk.has('.live .coach'))
  await operator.keepPicture('dslr-live')
  await operator.photograph()
  await operator.keepPicture('dslr-portrait')
  await operator.accept()
  await eventually(`${number} waits for the student's yes`, () => desk.shows('.shelf section:nth-of-type(2)', number))
})

test('the shutter on the body counts as a shot of whoever is here', async () => {
  await operator.call()
  await press('body-shutter')
  await eventually('the shot is there', () => desk.has('.thumb'))
  await desk.find('.decide button:nth-of-type(2):enabled')
  await operator.accept()
})

test('what goes wrong at the camera is said with its remedy, and the next shot is none the worse', async () => {
  await operator.call()
  for (const [fault, words] of [
    ['out-of-focus', '没有对上焦'],
    ['card-full', '存储卡已满'],
  ]) {
    await press(fault)
    await desk.find('.shutter:enabled')
    await desk.press(' ')
    await eventually(`the desk says: ${words}`, () => desk.shows('.bars', words))
    await operator.keepPicture(`dslr-${fault}`)
    await rm(`${switches}/${fault}`)
    assert.equal(await desk.has('.thumb'), false, 'no picture was taken')
  }
  await operator.photograph()
  await operator.accept()
})

test('a cable that was pulled is said, and the camera is found again by itself', async () => {
  await press('unplugged')
  await eventually('the desk says so', () => desk.has('.bars [role=alert]'))
  await operator.keepPicture('dslr-unplugged')
  await rm(`${switches}/unplugged`)
  const number = await operator.call()
  await operator.photograph()
  await operator.accept()
  await eventually(`${number} is sealed`, () => desk.shows('.shelf section:nth-of-type(2)', number))
})

/** Lets something happen at the camera. */
async function press(name) {
  await writeFile(`${switches}/${name}`, '')
}
