//! Studios as students see them.

use std::fmt::Write as _;

use gradshot_domain::Place;
use gradshot_storage::Studio;
use gradshot_wire::campaign;

/// A studio with its packages, and how far it is from somewhere.
pub(crate) fn studio(studio: Studio, from: Option<Place>) -> campaign::Studio {
    let map_url = studio.place.map(|place| map_url(place, &studio.name));
    campaign::Studio {
        id: studio.id,
        name: studio.name,
        code: studio.code,
        address: studio.address,
        phone: studio.phone,
        hours: studio.hours,
        latitude: studio.place.map(Place::latitude_deg),
        longitude: studio.place.map(Place::longitude_deg),
        distance_m: studio.place.zip(from).map(|(there, here)| there.distance_m(here).round() as u32),
        map_url,
        packages: studio
            .packages
            .into_iter()
            .map(|package| campaign::Package {
                id: package.id,
                name: package.name,
                en_name: package.en_name,
                price: package.price,
            })
            .collect(),
    }
}

/// A link that opens 高德地图 in its app or in a browser.
fn map_url(place: Place, name: &str) -> String {
    let name = name.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    });
    let (latitude, longitude) = (place.latitude_deg(), place.longitude_deg());
    format!("https://uri.amap.com/marker?position={longitude:.6},{latitude:.6}&name={name}&src=gradshot")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_told_the_longitude_first() {
        let place = Place::at(24.4798, 118.0894).unwrap();
        let url = map_url(place, "照相馆 A");
        assert!(url.contains("position=118.089400,24.479800&name=%E7%85%A7"), "{url}");
        assert!(url.contains("%20A&"), "{url}");
    }
}
