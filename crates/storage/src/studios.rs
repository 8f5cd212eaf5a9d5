//! Studios 照相馆 and their packages 服务套餐.

use std::collections::{HashMap, HashSet};

use gradshot_domain::{Money, PackageId, Place, StudioId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StorageError;
use crate::fields::{Fields, unless_stale};

/// A studio with what it offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Studio {
    /// Opaque id.
    pub id: StudioId,
    /// Name.
    pub name: String,
    /// Code in the studio's QR code.
    pub code: String,
    /// Address.
    pub address: String,
    /// Phone number for the public.
    pub phone: String,
    /// When it is open, in words; may be empty.
    pub hours: String,
    /// Where it is.
    pub place: Option<Place>,
    /// What it offers, in the order given.
    pub packages: Vec<Package>,
}

/// A package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Opaque id.
    pub id: PackageId,
    /// Name.
    pub name: String,
    /// Name in English, for pages that speak it.
    pub en_name: Option<String>,
    /// Price.
    pub price: Money,
}

/// The tables `studios` and `packages`.
pub struct Studios<'w> {
    pub(crate) connection: &'w mut AnyConnection,
}

impl Studios<'_> {
    /// Adds a studio; [`StorageError::Duplicate`] when the code is taken.
    pub async fn add(&mut self, studio: &Studio) -> Result<(), StorageError> {
        sqlx::query("INSERT INTO studios (id, name, code, address, phone) VALUES ($1, $2, $3, $4, $5)")
            .bind(studio.id.to_string())
            .bind(studio.name.clone())
            .bind(studio.code.clone())
            .bind(studio.address.clone())
            .bind(studio.phone.clone())
            .execute(&mut *self.connection)
            .await?;
        for (package, place) in studio.packages.iter().zip(0i64..) {
            sqlx::query(
                "INSERT INTO packages (id, studio, name, en_name, price_fen, place) VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(package.id.to_string())
            .bind(studio.id.to_string())
            .bind(package.name.clone())
            .bind(package.en_name.clone())
            .bind(i64::from(package.price.as_fen()))
            .bind(place)
            .execute(&mut *self.connection)
            .await?;
        }
        Ok(())
    }

    /// Says where a studio is and when it is open.
    pub async fn place(&mut self, id: StudioId, hours: &str, place: Place) -> Result<(), StorageError> {
        let done = sqlx::query(
            "UPDATE studios SET hours = $1, latitude_udeg = $2, longitude_udeg = $3 WHERE id = $4",
        )
        .bind(hours)
        .bind(i64::from(place.latitude_udeg()))
        .bind(i64::from(place.longitude_udeg()))
        .bind(id.to_string())
        .execute(&mut *self.connection)
        .await?;
        unless_stale(done.rows_affected(), "studios")
    }

    /// The studio with this id.
    pub async fn find(&mut self, id: StudioId) -> Result<Option<Studio>, StorageError> {
        let row = sqlx::query("SELECT * FROM studios WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *self.connection)
            .await?;
        self.with_packages(row.as_ref()).await
    }

    /// The studio with this code.
    pub async fn find_by_code(&mut self, code: &str) -> Result<Option<Studio>, StorageError> {
        let row = sqlx::query("SELECT * FROM studios WHERE code = $1")
            .bind(code)
            .fetch_optional(&mut *self.connection)
            .await?;
        self.with_packages(row.as_ref()).await
    }

    /// Whether a station of this studio calls students: one is paired and does not rest.
    pub async fn calls(&mut self, id: StudioId) -> Result<bool, StorageError> {
        let row = sqlx::query(
            "SELECT studio FROM stations WHERE studio = $1 AND verifying_key IS NOT NULL AND paused_at IS NULL LIMIT 1",
        )
        .bind(id.to_string())
        .fetch_optional(&mut *self.connection)
        .await?;
        Ok(row.is_some())
    }

    /// The studios that have such a station.
    pub async fn calling(&mut self) -> Result<HashSet<StudioId>, StorageError> {
        let rows = sqlx::query(
            "SELECT DISTINCT studio FROM stations WHERE verifying_key IS NOT NULL AND paused_at IS NULL",
        )
        .fetch_all(&mut *self.connection)
        .await?;
        rows.iter().map(|row| Fields::named(row, "stations", "studio").parsed("studio")).collect()
    }

    /// All studios by name.
    pub async fn all(&mut self, limit: u32) -> Result<Vec<Studio>, StorageError> {
        let rows = sqlx::query("SELECT * FROM studios ORDER BY name, id LIMIT $1")
            .bind(i64::from(limit))
            .fetch_all(&mut *self.connection)
            .await?;
        let packages = sqlx::query(
            "SELECT p.* FROM packages p JOIN (SELECT id FROM studios ORDER BY name, id LIMIT $1) s \
             ON s.id = p.studio ORDER BY p.studio, p.place",
        )
        .bind(i64::from(limit))
        .fetch_all(&mut *self.connection)
        .await?;
        let mut offered: HashMap<StudioId, Vec<Package>> = HashMap::new();
        for row in &packages {
            offered
                .entry(Fields::of(row, "packages").parsed("studio")?)
                .or_default()
                .push(read_package(row)?);
        }
        rows.iter()
            .map(|row| {
                let id = Fields::of(row, "studios").parsed("id")?;
                read(row, offered.remove(&id).unwrap_or_default())
            })
            .collect()
    }

    async fn with_packages(&mut self, row: Option<&AnyRow>) -> Result<Option<Studio>, StorageError> {
        let Some(row) = row else { return Ok(None) };
        let id: StudioId = Fields::of(row, "studios").parsed("id")?;
        let packages = sqlx::query("SELECT * FROM packages WHERE studio = $1 ORDER BY place")
            .bind(id.to_string())
            .fetch_all(&mut *self.connection)
            .await?;
        read(row, packages.iter().map(read_package).collect::<Result<_, _>>()?).map(Some)
    }
}

fn read(row: &AnyRow, packages: Vec<Package>) -> Result<Studio, StorageError> {
    let fields = Fields::of(row, "studios");
    Ok(Studio {
        id: fields.parsed("id")?,
        name: fields.get("name")?,
        code: fields.get("code")?,
        address: fields.get("address")?,
        phone: fields.get("phone")?,
        hours: fields.get("hours")?,
        place: match (fields.get("latitude_udeg")?, fields.get("longitude_udeg")?) {
            (Some(latitude), Some(longitude)) => {
                Some(Place::from_udeg(latitude, longitude).map_err(|_| fields.error("latitude_udeg"))?)
            }
            _ => None,
        },
        packages,
    })
}

fn read_package(row: &AnyRow) -> Result<Package, StorageError> {
    let fields = Fields::of(row, "packages");
    Ok(Package {
        id: fields.parsed("id")?,
        name: fields.get("name")?,
        en_name: fields.get("en_name")?,
        price: Money::from_fen(fields.number("price_fen")?),
    })
}
